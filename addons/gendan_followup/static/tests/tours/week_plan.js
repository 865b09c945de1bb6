import { registry } from "@web/core/registry";
import { nextFrame, screenshot, stillPage } from "./steps";

const BAR = ".o_gendan_bar_draft";

/** Where the column of a day lies, by its label on the axis ("12-03 Thu"). */
function columns() {
    const labels = [...document.querySelectorAll(".vis-time-axis .vis-text.vis-minor")];
    return labels
        .filter((label) => !label.classList.contains("vis-measure") && label.textContent)
        .map((label) => ({ day: label.textContent.slice(0, 5), x: label.getBoundingClientRect().x }))
        .sort((one, other) => one.x - other.x);
}

/** Drag the draft bar by as many columns, with the mouse, as a person does. */
function drag(days) {
    return {
        content: `drag the bar by ${days} days`,
        trigger: BAR,
        run: async () => {
            await stillPage();
            const bar = document.querySelector(BAR);
            const box = bar.getBoundingClientRect();
            const [first, second] = columns();
            const width = second.x - first.x;
            const start = { x: box.x + Math.min(20, box.width / 2), y: box.y + box.height / 2 };
            const fire = (target, type, x) =>
                target.dispatchEvent(
                    new PointerEvent(type, {
                        bubbles: true,
                        cancelable: true,
                        composed: true,
                        pointerId: 1,
                        pointerType: "mouse",
                        isPrimary: true,
                        button: type === "pointermove" ? -1 : 0,
                        buttons: type === "pointerup" ? 0 : 1,
                        clientX: x,
                        clientY: start.y,
                    })
                );
            const element = bar.querySelector(".vis-item-content") || bar;
            fire(element, "pointerdown", start.x);
            for (let step = 1; step <= 12; step++) {
                fire(window, "pointermove", start.x + (days * width * step) / 12);
                await nextFrame();
            }
            fire(window, "pointerup", start.x + days * width);
        },
    };
}

registry.category("web_tour.tours").add("gendan_plan_monday", {
    steps: () => [
        { content: "the week on the timeline", trigger: "button[name=action_timeline]", run: "click" },
        { content: "its week is the one that is seen", trigger: '.o_gendan_plan_legend .btn.active:contains("11-30")' },
        { content: "machines are rows", trigger: '.vis-label:contains("围兜线")' },
        { content: "hours against the calendar", trigger: '.o_gendan_cell_used:contains("6.7 / 8 h")' },
        drag(1),
        { content: "it says what changes", trigger: ".o_gendan_plan_changes li" },
        screenshot("merchandiser-1400-week-plan"),
        { trigger: ".o_gendan_plan_notes button", run: "click" },
        { trigger: "button[name=action_publish]", run: "click" },
        { trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=published]" },
    ],
});

registry.category("web_tour.tours").add("gendan_plan_production", {
    steps: () => [
        { trigger: "button[name=action_confirm_production]", run: "click" },
        { content: "it waits for packaging alone", trigger: ".o_form_view:not(:has(button[name=action_confirm_production])) .o_gendan_waits_packaging" },
    ],
});

registry.category("web_tour.tours").add("gendan_plan_packaging", {
    steps: () => [
        { trigger: "button[name=action_confirm_packaging]", run: "click" },
        { trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=confirmed]" },
    ],
});

registry.category("web_tour.tours").add("gendan_plan_wednesday", {
    steps: () => [
        { content: "a published plan is revised", trigger: "button[name=action_revise]", run: "click" },
        { trigger: "button[name=action_publish]" },
        { trigger: "button[name=action_timeline]", run: "click" },
        { trigger: BAR },
        drag(2),
        { trigger: ".o_gendan_plan_changes li:contains(→)" },
        screenshot("merchandiser-1400-plan-change"),
        { trigger: ".o_gendan_plan_notes button", run: "click" },
        {
            trigger: ".o_field_widget[name=reason] input",
            run: "edit RM05 未到",
        },
        { trigger: "button[name=action_publish]", run: "click" },
        { trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=published]" },
        { trigger: ".o_notebook_headers a[name=told]", run: "click" },
        { trigger: ".o_data_row td[name=user_id]" },
        screenshot("merchandiser-1400-plan-told"),
    ],
});

registry.category("web_tour.tours").add("gendan_plan_read", {
    steps: () => [
        { trigger: "button[name=action_read]", run: "click" },
        { trigger: "body:not(:has(.o_loading_indicator))" },
        { trigger: ".o_notebook_headers a[name=told]", run: "click" },
        { content: "the read mark", trigger: ".o_data_row td[name=read_at]:not(:empty)" },
        screenshot("salesperson-1400-plan-read"),
    ],
});

registry.category("web_tour.tours").add("gendan_plan_frozen", {
    steps: () => [
        { trigger: "button[name=action_timeline]", run: "click" },
        { content: "what is in force is shown", trigger: ".o_gendan_bar" },
        {
            content: "and not dragged",
            trigger: `body:not(:has(${BAR}))`,
        },
    ],
});
