import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * Two revisions of an order side by side; begins with the latest two that were submitted.
 */
export class RevisionCompare extends Component {
    static template = "gendan_followup.RevisionCompare";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({
            revisions: [],
            older: false,
            newer: false,
            rows: [],
            changeClass: false,
        });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => this.load(next.record));
    }

    async load(record) {
        // another order, another revision, another step, or the change was just saved
        const saved = this.dirty && !record.dirty;
        this.dirty = record.dirty;
        const key = [record.resId, record.data.revision_state, record.data.revision_letter].join();
        if (!record.resId || (key === this.loaded && !saved)) {
            return;
        }
        this.loaded = key;
        this.state.revisions = await this.orm.searchRead(
            "gendan.revision",
            [["order_id", "=", record.resId]],
            ["letter", "state"],
            { order: "number desc" }
        );
        if (this.state.revisions.length > 1) {
            const [newer, older] = this.state.revisions;
            Object.assign(this.state, { newer: newer.id, older: older.id });
            await this.compare();
        }
    }

    async compare() {
        const answer = await this.orm.call("gendan.revision", "compare_with", [
            [this.state.newer],
            this.state.older,
        ]);
        Object.assign(this.state, { rows: answer.rows, changeClass: answer.change_class });
    }

    async onChange(side, ev) {
        this.state[side] = Number(ev.target.value);
        await this.compare();
    }

    letter(id) {
        return this.state.revisions.find((revision) => revision.id === id)?.letter;
    }
}

registry.category("view_widgets").add("gendan_revision_compare", { component: RevisionCompare });
