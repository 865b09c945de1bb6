import { Component } from "@odoo/owl";
import { formatFloat } from "@web/core/utils/numbers";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

class JsonDisplay extends Component {
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    price(value) {
        // a unit price has up to four decimals, and nobody wants to read four zeros
        const digits = Math.max(2, (String(value).split(".")[1] || "").length);
        return formatFloat(value, { digits: [16, Math.min(digits, 4)] });
    }
}

/** Each line with the prices of the customer's last orders beside it. */
export class PriceHistory extends JsonDisplay {
    static template = "gendan_followup.PriceHistory";

    changeText(change) {
        return `${change > 0 ? "+" : ""}${change}%`;
    }
}

/** How good a customer he was in the last twelve months. */
export class CustomerHistory extends JsonDisplay {
    static template = "gendan_followup.CustomerHistory";
}

registry.category("fields").add("gendan_price_history", {
    component: PriceHistory,
    supportedTypes: ["json"],
});
registry.category("fields").add("gendan_customer_history", {
    component: CustomerHistory,
    supportedTypes: ["json"],
});
