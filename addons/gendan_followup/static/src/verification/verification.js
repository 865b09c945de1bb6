import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The merchandiser's sheet: one tap per unchanged group, one per difference.
 */
export class Verification extends Component {
    static template = "gendan_followup.Verification";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    get sheet() {
        return this.props.record.data[this.props.name];
    }

    /** Groups without any difference that nobody has ticked yet. */
    get unchanged() {
        return this.sheet.groups
            .filter((group) => group.tick && !group.tick.by && !this.differs(group))
            .map((group) => group.tick.id);
    }

    differs(group) {
        return group.lines.some((line) => line.differences.length);
    }

    at(tick) {
        return tick.at ? deserializeDateTime(tick.at).toFormat("MM-dd HH:mm") : "";
    }

    async tick(ids) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const { resModel, resId } = this.props.record;
            await this.orm.call(resModel, "action_tick", [[resId], ids]);
            await this.props.record.load();
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("fields").add("gendan_verification", {
    component: Verification,
    supportedTypes: ["json"],
});
