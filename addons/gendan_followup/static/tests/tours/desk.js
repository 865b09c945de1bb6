import { registry } from "@web/core/registry";
import { screenshot } from "./steps";

const ROW = (customer) => `.o_gendan_today_row:contains(${customer})`;

/** The merchandiser walks his board by keyboard: next step done, order opened, lights read. */
registry.category("web_tour.tours").add("gendan_today_keyboard", {
    steps: () => [
        { content: "the board is what he opens", trigger: ".o_gendan_today_row.o_active:contains(贝乐)" },
        { trigger: ".o_gendan_today", run: "press j" },
        { trigger: ".o_gendan_today_row.o_active:contains(美佳)" },
        screenshot("merchandiser-today-1400"),
        { content: "a: the stock is checked", trigger: ".o_gendan_today", run: "press a" },
        { trigger: `${ROW("美佳")} [data-light=stock][data-state=green]` },
        {
            content: "the next step is another one now",
            trigger: `${ROW("美佳")}:not(:has([data-light=stock][data-state=red]))`,
        },
        { trigger: `${ROW("美佳")} [data-light=sign]`, run: "click" },
        { content: "a light says what stands behind it", trigger: `${ROW("美佳")} .o_gendan_today_told` },
        { trigger: ".o_gendan_today", run: "press k" },
        { trigger: ".o_gendan_today_row.o_active:contains(贝乐)" },
        { content: "Enter: the order opens", trigger: ".o_gendan_today", run: "press Enter" },
        { trigger: ".o_form_view:contains(贝乐)" },
    ],
});

/** 店面: picture, one pack more, what for, asked: five taps on a phone. */
registry.category("web_tour.tours").add("gendan_showroom_ask", {
    steps: () => [
        { trigger: ".o_gendan_samples_product:contains(围兜)", run: "click" },
        { trigger: ".o_gendan_samples_form .btn-secondary:contains(+)", run: "click" },
        { trigger: ".o_gendan_samples_chips button.btn-outline-secondary:eq(0)", run: "click" },
        screenshot("showroom-ask-390"),
        { trigger: ".o_gendan_samples_send:not([disabled])", run: "click" },
        { content: "the first dot is full", trigger: ".o_gendan_samples_request li.o_done" },
        { trigger: ".o_gendan_samples_request:not(:has(li.o_done + li.o_done))" },
        screenshot("showroom-390"),
    ],
});

registry.category("web_tour.tours").add("gendan_showroom_receive", {
    steps: () => [
        { content: "prepared: three dots", trigger: ".o_gendan_samples_request li.o_done + li.o_done" },
        { trigger: ".o_gendan_samples_request button.btn-primary", run: "click" },
        {
            content: "signed for: nothing to sign any more",
            trigger: ".o_gendan_samples_request:not(:has(button.btn-primary)) li.o_done + li.o_done + li.o_done + li.o_done",
        },
        screenshot("showroom-received-390"),
    ],
});

/** The sales manager: his page of figures, then what waits for his signature. */
registry.category("web_tour.tours").add("gendan_sales_manager_home", {
    steps: () => [
        { content: "the figures are his first screen", trigger: ".o_gendan_dashboard" },
        screenshot("sales-manager-home-1400"),
        { trigger: 'button[data-menu-xmlid="gendan_followup.menu_home"]', run: "click" },
        { trigger: '[data-menu-xmlid="gendan_followup.menu_board"]', run: "click" },
        { trigger: `${ROW("贝乐")}.o_me .o_gendan_today_action`, run: "click" },
        { trigger: ".o_gendan_sign_bar button[name=action_sign_sales_manager]", run: "click" },
        { trigger: "body:not(:has(.o_gendan_sign_bar button[name=action_sign_sales_manager]))" },
    ],
});
