import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

/** A measured value, empty until somebody measures: 0.000 would read as if one had. */
export class MeasuredField extends FloatField {
    get formattedValue() {
        return this.value || this.props.record.data.result ? super.formattedValue : "";
    }
}

registry.category("fields").add("gendan_measured", { ...floatField, component: MeasuredField });
