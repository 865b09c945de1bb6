import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The page's own address as a QR code: opens the notice on the phone. */
export class QrField extends Component {
    static template = "gendan_followup.QrField";
    static props = { ...standardFieldProps };

    get source() {
        const value = encodeURIComponent(this.props.record.data[this.props.name] || "");
        return `/report/barcode/?barcode_type=QR&value=${value}&width=160&height=160`;
    }
}

registry.category("fields").add("gendan_qr", {
    component: QrField,
    supportedTypes: ["char"],
});
