/** @odoo-module **/

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * One bar per need: stock, what came in, what is ordered, and the line of the limit.
 * What is over the limit is red, with its figure.
 */
export class NeedBar extends Component {
    static template = "gendan_followup.NeedBar";
    static props = {...standardFieldProps};

    get bar() {
        return this.props.record.data[this.props.name] || null;
    }

    get scale() {
        const bar = this.bar;
        return Math.max(bar.stock + bar.limit, bar.stock + bar.covered + bar.over, bar.gross, 1);
    }

    percent(value) {
        return `${Math.min(100, (100 * Math.max(value, 0)) / this.scale).toFixed(2)}%`;
    }

    get parts() {
        const bar = this.bar;
        return [
            {name: "stock", width: this.percent(bar.stock)},
            {name: "received", width: this.percent(Math.min(bar.received, bar.covered))},
            {
                name: bar.is_over ? "over" : "ordered",
                width: this.percent(bar.covered - bar.received),
            },
            {name: "extra", width: this.percent(bar.over)},
        ];
    }
}

registry.category("fields").add("gendan_need_bar", {
    component: NeedBar,
    supportedTypes: ["json"],
});
