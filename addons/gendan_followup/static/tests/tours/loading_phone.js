import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";

const CONTAINER = "CSQU3054383";

/** Ask the test to cut or mend the network, and go on when a request notices it. */
function network(state) {
    return {
        content: `network ${state}`,
        trigger: ".o_gendan_loading",
        run: async () => {
            console.log(`gendan network ${state}`);
            const answers = () =>
                window.fetch("/web/health", { cache: "no-store" }).then(
                    () => true,
                    () => false
                );
            while ((await answers()) !== (state === "on")) {
                await new Promise((resolve) => window.requestAnimationFrame(resolve));
            }
        },
    };
}

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

async function picture() {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
    canvas.getContext("2d").fillRect(20, 20, 280, 200);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return new File([blob], "photo.png", { type: "image/png" });
}

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
        { trigger: ".o_gendan_loading:not(:has(.o_gendan_loading_net))" },
        network("off"),
        { trigger: ".o_gendan_loading_line input", run: "edit 431" },
        {
            content: "one more, with the thumb",
            trigger: ".o_gendan_loading_step:last-of-type",
            run: "click",
        },
        { trigger: ".o_gendan_loading_save", run: "click" },
        { content: "nothing is lost", trigger: ".o_gendan_loading_net" },
        { trigger: ".o_gendan_loading_save.btn-success" },
        screenshot("merchandiser-loading-390"),
        network("on"),
        {
            content: "the count has arrived, and both are shown",
            trigger: ".o_gendan_loading_line .text-success:contains('432')",
        },
        { trigger: ".o_gendan_loading:not(:has(.o_gendan_loading_net))" },
    ],
});
