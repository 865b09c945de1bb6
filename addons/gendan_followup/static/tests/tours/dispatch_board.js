import { registry } from "@web/core/registry";
import { screenshot } from "./steps";

const NOTICE = ".o_gendan_board_notice:contains(3,281 kg)";
const ROW = (plate) => `tr[data-row="${plate}"]`;

/** The dispatcher puts the goods of C06 on the truck that carries them (S02.3). */
registry.category("web_tour.tours").add("gendan_dispatch_board", {
    steps: () => [
        { content: "goods that need a truck", trigger: `${NOTICE} b:contains(240)`, run: "click" },
        { trigger: ".o_gendan_board.o_picking" },
        {
            content: "too heavy for V2",
            trigger: `${ROW("浙G·A1002")} .o_gendan_board_place`,
            run: "click",
        },
        {
            content: "it says by how much",
            trigger: ".o_notification:contains(3,281):contains(2,000)",
        },
        { trigger: `${ROW("浙G·A1004")} .o_gendan_board_place:enabled`, run: "click" },
        {
            content: "the card fills up by m³ and by kg",
            trigger: `${ROW("浙G·A1004")} .o_gendan_trip_card.o_draft .o_bar_weight b:contains(66%)`,
        },
        { trigger: `${ROW("浙G·A1004")} .o_bar_volume b:contains(27%)` },
        { content: "what fits takes the refusal away", trigger: "body:not(:has(.o_notification))" },
        {
            content: "not before its goods are confirmed",
            trigger: `${ROW("浙G·A1004")} .o_gendan_board_confirm`,
            run: "click",
        },
        { trigger: ".o_notification" },
        { trigger: ".o_notification_close", run: "click" },
        { content: "open the notice", trigger: `${NOTICE} .fa-external-link`, run: "click" },
        { trigger: "button[name=action_confirm_goods]", run: "click" },
        { trigger: "body:not(:has(button[name=action_confirm_goods]:enabled))" },
        { trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        { trigger: `.o_gendan_board:not(:has(${NOTICE}))` },
        { trigger: `${ROW("浙G·A1004")} .o_gendan_board_confirm`, run: "click" },
        { trigger: `${ROW("浙G·A1004")} .o_gendan_trip_card.o_confirmed` },
        screenshot("merchandiser-dispatch-1400"),
    ],
});
