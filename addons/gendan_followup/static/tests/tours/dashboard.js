import { registry } from "@web/core/registry";
import { screenshot } from "./steps";

const CARD = (key) => `.o_gendan_dash_card[data-key=${key}]`;

/** A manager reads his page, opens the records behind a bar, and comes back to a longer period. */
function steps(name) {
    return [
        { content: "who waits for whom", trigger: `${CARD("waiting")} .o_gendan_dash_row` },
        { content: "an empty card says why", trigger: `${CARD("samples")} .o_gendan_dash_none` },
        screenshot(name),
        {
            content: "the records behind the bar",
            trigger: `${CARD("waiting")} .o_gendan_dash_row`,
            run: "click",
        },
        { content: "are the waiting orders", trigger: ".o_list_view .o_data_row" },
        {
            content: "back",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a",
            run: "click",
        },
        { content: "a year", trigger: ".o_gendan_period:last-child", run: "click" },
        { content: "is chosen", trigger: ".o_gendan_period.btn-primary:last-child" },
    ];
}

registry.category("web_tour.tours").add("gendan_dashboard", {
    steps: () => steps("sales-manager-dashboard-1400"),
});
registry.category("web_tour.tours").add("gendan_dashboard_phone", {
    steps: () => steps("sales-manager-dashboard-390"),
});
