import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";
import { picture, screenshot } from "./steps";

const BADGE = "JH15";
const LOT = "PK04-2612";

/** A hand scanner types the badge like a keyboard. */
function badge(text) {
    return {
        content: "the keeper shows the badge",
        trigger: ".o_gendan_badge_people button",
        run: () => {
            for (const key of [...text, "Enter"]) {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            }
        },
    };
}

const toTheDelivery = [
    badge(BADGE),
    { content: "the deliveries", trigger: "[data-tile=receipts]", run: "click" },
    { content: "this delivery", trigger: ".o_gendan_phone_row:contains('8000')", run: "click" },
    { content: "lot on the label", trigger: ".o_gendan_lot", run: `edit ${LOT}` },
];

registry.category("web_tour.tours").add("gendan_receipt_phone", {
    steps: () => [
        ...toTheDelivery,
        ...[0, 1, 2, 3, 4].flatMap((index) => [
            {
                content: `point ${index} is right`,
                trigger: `[data-point='${index}'] [data-result=ok]`,
                run: "click",
            },
            { trigger: `[data-point='${index}'] [data-result=ok].btn-success` },
        ]),
        {
            content: "a photo of it",
            trigger: "[data-point='0'] label",
            run: async () => {
                await inputFiles("[data-point='0'] input[type=file]", [await picture()]);
            },
        },
        { trigger: "[data-point='0'] label.btn-success" },
        screenshot("packaging-keeper-receipt-390"),
        { content: "in with it", trigger: ".o_gendan_receive:enabled", run: "click" },
        { content: "it is in", trigger: ".alert-success:contains('PK04')" },
    ],
});

registry.category("web_tour.tours").add("gendan_receipt_unchecked_phone", {
    steps: () => [
        ...toTheDelivery,
        { content: "one tap", trigger: ".o_gendan_unchecked:enabled", run: "click" },
        {
            content: "what it means is said before",
            trigger: ".alert-danger .o_gendan_unchecked_sure",
            run: "click",
        },
        { content: "it is in, red", trigger: ".alert-success:contains('PK04')" },
    ],
});

registry.category("web_tour.tours").add("gendan_coding_phone", {
    steps: () => [
        badge(BADGE),
        { content: "coding", trigger: "[data-tile=coding]", run: "click" },
        { content: "this order", trigger: ".o_gendan_phone_row:contains('F11')", run: "click" },
        { content: "the required text", trigger: ".o_gendan_code_text" },
        {
            content: "the first print",
            trigger: ".o_gendan_code label",
            run: async () => {
                await inputFiles(".o_gendan_first_print", [await picture()]);
            },
        },
        { content: "it is seen", trigger: ".o_gendan_code .o_gendan_print img[src^='data:image']" },
        screenshot("packaging-keeper-coding-390"),
        { content: "away", trigger: ".o_gendan_phone_head button", run: "click" },
        { content: "and again", trigger: ".o_gendan_phone_row:contains('F11')", run: "click" },
        { content: "it is still seen", trigger: ".o_gendan_code .o_gendan_print img[src*='/web/image']" },
        ...[0, 1, 2, 3].map((index) => ({
            content: `point ${index} is right`,
            trigger: `[data-point='${index}'] [data-result=ok]`,
            run: "click",
        })),
        { trigger: "[data-point='3'] [data-result=ok].btn-success" },
        { content: "checked", trigger: ".o_gendan_close:enabled", run: "click" },
        { content: "done", trigger: ".o_gendan_phone_row:contains('F11') .text-bg-success" },
    ],
});
