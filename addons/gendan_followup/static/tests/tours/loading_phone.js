import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";
import { network, picture, screenshot } from "./steps";

const CONTAINER = "CSQU3054383";

function photo(index) {
    return {
        content: `photo ${index}`,
        trigger: `.o_gendan_loading_photo:nth-child(${index})`,
        run: async () => {
            await inputFiles(`.o_gendan_loading_photo:nth-child(${index}) input`, [
                await picture(),
            ]);
        },
    };
}

registry.category("web_tour.tours").add("gendan_loading_phone", {
    steps: () => [
        { trigger: "button[name=action_open_phone]", run: "click" },
        { trigger: "#gendan_container", run: `edit ${CONTAINER} && press Tab` },
        { trigger: "#gendan_seal", run: "edit SH8841207 && press Tab" },
        {
            content: "the container is in order",
            trigger: ".o_gendan_loading .mb-2 > button",
            run: () =>
                document
                    .querySelectorAll(".o_gendan_loading .mb-2 > button:nth-of-type(1)")
                    .forEach((button) => button.click()),
        },
        { trigger: ".o_gendan_loading:not(:has(.mb-2 > button.btn-outline-secondary:nth-of-type(1)))" },
        ...[1, 2, 3, 4, 5].flatMap((index) => [
            photo(index),
            { trigger: `.o_gendan_loading_photo:nth-child(${index}).o_done` },
        ]),
        ...[1, 2, 3].flatMap((index) => [
            {
                trigger: `.o_gendan_loading_line .flex-fill:nth-child(${index})`,
                run: "click",
            },
            { trigger: `.o_gendan_loading_line .flex-fill:nth-child(${index}).btn-success` },
        ]),
        { trigger: ".o_gendan_phone:not(:has(.o_gendan_phone_net))" },
        network("off", ".o_gendan_loading"),
        { trigger: ".o_gendan_loading_line input", run: "edit 431" },
        {
            content: "one more, with the thumb",
            trigger: ".o_gendan_loading_step:last-of-type",
            run: "click",
        },
        { trigger: ".o_gendan_loading_save", run: "click" },
        { content: "nothing is lost", trigger: ".o_gendan_phone_net" },
        { trigger: ".o_gendan_loading_save.btn-success" },
        screenshot("merchandiser-loading-390"),
        network("on", ".o_gendan_loading"),
        {
            content: "the count has arrived, and both are shown",
            trigger: ".o_gendan_loading_line .text-success:contains('432')",
        },
        { trigger: ".o_gendan_phone:not(:has(.o_gendan_phone_net))" },
    ],
});
