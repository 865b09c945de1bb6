import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { SizeDrawing } from "./size_drawing";

/**
 * The specification of one order line: what differs from the customer's last order, or
 * from the product, is coloured and shows the earlier value.
 */
export class SpecCard extends Component {
    static template = "gendan_followup.SpecCard";
    static components = { SizeDrawing };
    static props = { ...standardFieldProps };

    get card() {
        return this.props.record.data[this.props.name];
    }

    /** All values but the size, which is drawn; empty ones only where something was before. */
    get rows() {
        return this.card.groups
            .filter((group) => group.key !== "1_size")
            .flatMap((group) => group.fields)
            .filter((field) => field.value || field.differs);
    }

    get sizeDiffers() {
        return this.card.groups
            .filter((group) => group.key === "1_size")
            .flatMap((group) => group.fields)
            .some((field) => field.differs);
    }

    get sizeBefore() {
        const fields = this.card.groups.find((group) => group.key === "1_size").fields;
        return fields.map((field) => field.reference || "—").join("×");
    }

    get differences() {
        return this.rows.filter((field) => field.differs).length + (this.sizeDiffers ? 1 : 0);
    }
}

registry.category("fields").add("gendan_spec_card", {
    component: SpecCard,
    supportedTypes: ["json"],
});
