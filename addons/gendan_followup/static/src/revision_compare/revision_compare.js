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
        this.state = useState({ revisions: [], older: false, newer: false, rows: [] });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => this.load(next.record));
    }

    async load(record) {
        const key = record.data.revision_ids?.currentIds.join();
        if (!record.resId || key === this.loaded) {
            return;
        }
        this.loaded = key;
        this.state.revisions = await this.orm.searchRead(
            "gendan.revision",
            [
                ["order_id", "=", record.resId],
                ["cycle", ">", 0],
            ],
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
        this.state.rows = await this.orm.call("gendan.revision", "compare_with", [
            [this.state.newer],
            this.state.older,
        ]);
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
