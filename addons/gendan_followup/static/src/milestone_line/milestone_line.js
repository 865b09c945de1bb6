import { Component } from "@odoo/owl";
import { deserializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The way of an order as a line of dots: dates, owner, and what blocks it.
 */
export class MilestoneLine extends Component {
    static template = "gendan_followup.MilestoneLine";
    static props = { ...standardFieldProps };

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    on(day) {
        return day ? deserializeDate(day).toFormat("MM-dd") : "";
    }
}

registry.category("fields").add("gendan_milestone_line", {
    component: MilestoneLine,
    supportedTypes: ["json"],
});
