import { registry } from "@web/core/registry";

/** Let pictures load, ask the test for a screenshot, and stand still while it is taken. */
function screenshot(name) {
    return {
        content: `screenshot ${name}`,
        trigger: "body:not(:has(.o_loading_indicator))",
        run: async () => {
            await new Promise((resolve) => setTimeout(resolve, 900));
            console.log(`gendan screenshot ${name}`);
            await new Promise((resolve) => setTimeout(resolve, 900));
        },
    };
}

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
