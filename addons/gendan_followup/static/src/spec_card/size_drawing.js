import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LONGEST = 78;
const SHORTEST = 14;

/**
 * A sheet drawn in proportion: width across the machine, length along it. 200×180 and
 * 180×200 look different, which is what the drawing is for.
 */
export class SizeDrawing extends Component {
    static template = "gendan_followup.SizeDrawing";
    static props = { width: Number, length: Number };

    get box() {
        const { width, length } = this.props;
        const scale = LONGEST / Math.max(width, length);
        const w = Math.max(width * scale, SHORTEST);
        const h = Math.max(length * scale, SHORTEST);
        return { w, h, x: 46 + (LONGEST - w) / 2, y: 24 };
    }
}

/** The same drawing as a widget of the field that spells the size. */
export class SizeField extends Component {
    static template = "gendan_followup.SizeField";
    static components = { SizeDrawing };
    static props = { ...standardFieldProps };
}

registry.category("fields").add("gendan_size", {
    component: SizeField,
    supportedTypes: ["char"],
    fieldDependencies: [
        { name: "size_width", type: "integer" },
        { name: "size_length", type: "integer" },
    ],
});
