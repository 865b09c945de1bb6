import { Component } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Where a revision stands: one dot per step, with name and time under each.
 */
export class RevisionLine extends Component {
    static template = "gendan_followup.RevisionLine";
    static props = { ...standardFieldProps };

    get line() {
        return this.props.record.data[this.props.name];
    }

    at(step) {
        return step.at ? deserializeDateTime(step.at).toFormat("MM-dd HH:mm") : "";
    }

    stepClass(step) {
        if (step.done) {
            return "o_gendan_done";
        }
        if (step.present) {
            return this.line.returned ? "o_gendan_present o_gendan_returned" : "o_gendan_present";
        }
        return "";
    }
}

registry.category("fields").add("gendan_revision_line", {
    component: RevisionLine,
    supportedTypes: ["json"],
});
