import { registry } from "@web/core/registry";
import { screenshot } from "@gendan_followup/../tests/tours/steps";

/** Cards outside the window have no content yet. */
function scrollTo(trigger) {
    return {
        trigger,
        run() {
            this.anchor.scrollIntoView({ block: "center" });
        },
    };
}

/** The reason that a step asks for in its window. */
function reason(text) {
    return [
        { trigger: ".modal .o_field_widget[name=reason] textarea", run: `edit ${text}` },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { content: "the window is closed", trigger: "body:not(:has(.modal))" },
    ];
}

const STATE = (value) => `.o_statusbar_status button.o_arrow_button_current[data-value=${value}]`;

registry.category("web_tour.tours").add("gendan_incident_complaint", {
    steps: () => [
        { trigger: "button[name=action_report_incident]", run: "click" },
        {
            content: "order, notice and container are filled in; say what happened",
            trigger: ".modal .o_field_widget[name=subject] input",
            run: "edit 客户点收少 10 箱",
        },
        {
            trigger: ".modal .o_field_widget[name=cause_id] .o_selection_badge:contains(/Loading|装柜/)",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=loss] input", run: "edit 1056.48" },
        { trigger: ".modal button[name=action_report]", run: "click" },
        { content: "what it is about", trigger: ".o_incident_chip:contains(CSQU3054383)" },
        scrollTo(".o_incident_candidates .o_kanban_record:contains(D6.6)"),
        {
            content: "the records say whose count it was, each one tap away",
            trigger: ".o_kanban_record:contains(D6.6) .o_incident_fact_supports a",
        },
        scrollTo(".o_incident_form .oe_title"),
        {
            content: "the sales side sees no amounts of others",
            trigger: ".o_incident_bar:not(:contains(1,056))",
        },
        screenshot("salesperson-incident-1400"),
        { trigger: "button[name=action_propose]", run: "click" },
        { trigger: STATE("proposed") },
    ],
});

registry.category("web_tour.tours").add("gendan_incident_decide", {
    steps: () => [
        { trigger: ".o_incident_bar .o_incident_segment:contains(1,056.48)" },
        screenshot("plan-manager-incident-1400"),
        { trigger: ".o_form_statusbar button[name=action_open_decide]", run: "click" },
        { trigger: ".modal .o_field_widget[name=severity] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(/Normal|一般/)", run: "click" },
        { trigger: ".modal .o_data_row td[name=amount]", run: "click" },
        { trigger: ".modal .o_selected_row td[name=amount] input", run: "edit 300" },
        ...reason("点数后未复核"),
        { trigger: STATE("decided") },
    ],
});

registry.category("web_tour.tours").add("gendan_incident_object", {
    steps: () => [
        { trigger: ".o_incident_bar .o_incident_segment:contains(300)" },
        screenshot("merchandiser-incident-1400"),
        { trigger: "button[name=action_open_reason]", run: "click" },
        ...reason("仓管也点了"),
        { trigger: STATE("objected") },
    ],
});

registry.category("web_tour.tours").add("gendan_incident_settle", {
    steps: () => [
        { trigger: ".o_form_statusbar button[name=action_open_reason]", run: "click" },
        ...reason("维持: 封条号相符"),
        { trigger: STATE("decided") },
        screenshot("general-manager-incident-1400"),
    ],
});

registry.category("web_tour.tours").add("gendan_incident_final", {
    steps: () => [
        { trigger: "button[name=action_finalize]", run: "click" },
        { trigger: STATE("final") },
        screenshot("plan-manager-incident-final-1400"),
    ],
});

registry.category("web_tour.tours").add("gendan_incident_pareto", {
    steps: () => [
        {
            content: "the largest bar first, and the line adds them up to 100 %",
            trigger: ".o_graph_canvas_container canvas",
            run() {
                const [bars, line] = window.Chart.getChart(this.anchor).data.datasets;
                const falling = bars.data.every((bar, i) => !i || bar <= bars.data[i - 1]);
                if (!falling || line?.yAxisID !== "cumulated" || line.data.at(-1) !== 100) {
                    throw new Error(`no Pareto: ${bars.data} / ${line?.data}`);
                }
            },
        },
        {
            content: "the code of each rule stands on a line of its own under its bar",
            trigger: ".o_graph_canvas_container canvas",
            run() {
                const { ticks } = window.Chart.getChart(this.anchor).scales.x;
                const labels = ticks.map(({ label }) => label);
                if (!labels.some((label) => Array.isArray(label) && label[0] === "D6.6")) {
                    throw new Error(`labels: ${JSON.stringify(labels)}`);
                }
            },
        },
        screenshot("plan-manager-pareto-1400"),
        {
            content: "a bar leads to its cases",
            trigger: ".o_graph_canvas_container canvas",
            run() {
                const [bar] = window.Chart.getChart(this.anchor).getDatasetMeta(0).data;
                const { left, top } = this.anchor.getBoundingClientRect();
                this.anchor.dispatchEvent(
                    new MouseEvent("click", {
                        bubbles: true,
                        clientX: left + bar.x,
                        clientY: top + (bar.y + bar.base) / 2,
                    })
                );
            },
        },
        { trigger: ".o_list_view .o_data_row:contains(客户点收少 10 箱)" },
    ],
});
