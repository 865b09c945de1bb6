import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";
import { screenshot } from "./steps";

const PHONE = ".o_gendan_phone";

/** A piece from the machine as the camera sees it. */
async function picture() {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const context = canvas.getContext("2d");
    context.fillStyle = "#f4f8f4";
    context.fillRect(0, 0, 640, 480);
    context.fillStyle = "#7ab8a0";
    context.fillRect(90, 110, 460, 260);
    context.fillStyle = "white";
    context.font = "44px sans-serif";
    context.fillText("LOT 261207", 190, 255);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return new File([blob], "photo.png", { type: "image/png" });
}

function photo(trigger) {
    return {
        content: `photo ${trigger}`,
        trigger,
        run: async () => inputFiles(`${trigger} input[type=file]`, [await picture()]),
    };
}

/** Measure what has limits, tap ✓ on the rest, one after the other as a thumb does. */
function tickAll() {
    return {
        content: "every point is in order",
        trigger: `${PHONE} .o_gendan_point`,
        run: () => {
            for (const input of document.querySelectorAll(`${PHONE} .o_gendan_measured`)) {
                input.value = (input.dataset.limits || "10").split("–")[0];
                input.dispatchEvent(new Event("change"));
            }
            for (const button of document.querySelectorAll(`${PHONE} [data-result=ok]:enabled`)) {
                button.click();
            }
        },
    };
}

const allArrived = `${PHONE}:not(:has(.o_gendan_phone_net)):not(:has(.alert-danger))`;

registry.category("web_tour.tours").add("gendan_article_phone", {
    steps: () => [
        { trigger: `${PHONE} [data-tile=article]`, run: "click" },
        { trigger: `${PHONE} .o_gendan_phone_row[data-notice]`, run: "click" },
        { trigger: ".o_gendan_present", run: "click" },
        { trigger: ".o_gendan_trial", run: "click" },
        { trigger: ".o_gendan_made", run: "click" },
        photo(".o_gendan_shot[data-photo=sample_photo]"),
        { trigger: ".o_gendan_shot[data-photo=sample_photo].o_done" },
        photo(".o_gendan_shot[data-photo=bag_photo]"),
        { trigger: ".o_gendan_shot[data-photo=bag_photo].o_done" },
        photo(".o_gendan_shot[data-photo=code_photo]"),
        { trigger: ".o_gendan_shot[data-photo=code_photo].o_done" },
        { trigger: "[data-operator=黄勇]", run: "click" },
        { trigger: "[data-operator=黄勇].btn-primary" },
        { trigger: ".o_gendan_sample_quantity", run: "edit 3 && press Tab" },
        tickAll(),
        { trigger: `${PHONE}:not(:has([data-result=ok].btn-outline-secondary))` },
        { trigger: allArrived },
        screenshot("merchandiser-first-article-390"),
        { trigger: ".o_gendan_send:enabled", run: "click" },
        { trigger: ".o_gendan_sent" },
        { content: "the machine waits", trigger: `${PHONE} .badge.text-bg-danger` },
    ],
});

registry.category("web_tour.tours").add("gendan_machine_waits", {
    steps: () => [
        { trigger: `${PHONE} [data-machine]:has(.text-danger)`, run: "click" },
        { content: "red: it waits for the salesperson", trigger: ".o_gendan_work[data-light=waiting]" },
        screenshot("production-machine-waits-390"),
    ],
});

registry.category("web_tour.tours").add("gendan_decide_phone", {
    steps: () => [
        { trigger: `${PHONE} .o_gendan_phone_row[data-notice]`, run: "click" },
        { content: "three photos to swipe through", trigger: ".o_gendan_swipe img:nth-child(3)" },
        { trigger: ".o_gendan_ordered .o_gendan_compare .fa-check" },
        screenshot("salesperson-first-article-390"),
        { content: "look at what a rejection asks for", trigger: ".o_gendan_reject", run: "click" },
        { trigger: "canvas.o_gendan_marking", run: "click" },
        { trigger: ".o_gendan_reject_sure:disabled" },
        { content: "no, it is as ordered", trigger: ".o_gendan_phone_back", run: "click" },
        { trigger: ".o_gendan_accept:enabled", run: "click" },
        { trigger: ".o_gendan_decided" },
    ],
});

registry.category("web_tour.tours").add("gendan_machine_runs", {
    steps: () => [
        { trigger: `${PHONE} [data-machine]:has(.text-success)`, run: "click" },
        { content: "green: it may run", trigger: ".o_gendan_work[data-light=go]" },
        screenshot("production-machine-runs-390"),
    ],
});

registry.category("web_tour.tours").add("gendan_start_check_phone", {
    steps: () => [
        { content: "nobody holds the tablet", trigger: ".o_gendan_badge_people" },
        {
            content: "tap one's name",
            trigger: ".o_gendan_badge_people button:contains(黄勇)",
            run: "click",
        },
        ...["4", "7", "1", "1"].map((digit) => ({
            trigger: `.o_gendan_badge_pad [data-digit="${digit}"]`,
            run: "click",
        })),
        { trigger: ".o_gendan_badge_ok:enabled", run: "click" },
        {
            content: "an operator sees his pages and no others",
            trigger: `${PHONE}:has([data-tile=machines]):not(:has([data-tile=article])):not(:has([data-tile=packing])):not(:has([data-tile=patrol]))`,
        },
        screenshot("operator-390"),
        { trigger: "[data-tile=machines]", run: "click" },
        { trigger: `${PHONE} [data-machine]:has(.badge)`, run: "click" },
        { trigger: ".o_gendan_start_check", run: "click" },
        { trigger: ".o_gendan_close:disabled" },
        tickAll(),
        { trigger: allArrived },
        screenshot("operator-start-check-390"),
        { trigger: ".o_gendan_close:enabled", run: "click" },
        { content: "checked, and so it says", trigger: ".o_gendan_start_check.btn-outline-success" },
        { trigger: ".o_gendan_phone_leave", run: "click" },
        { content: "the tablet stands for nobody again", trigger: ".o_gendan_badge_people" },
    ],
});

registry.category("web_tour.tours").add("gendan_patrol_phone", {
    steps: () => [
        { trigger: "[data-tile=patrol]", run: "click" },
        { trigger: ".o_gendan_start_walk", run: "click" },
        { trigger: "[data-area=machine]", run: "click" },
        { trigger: "[data-kind=print]", run: "click" },
        { trigger: ".o_gendan_what", run: "edit 小熊印反, 整批 L2611-08" },
        photo(`${PHONE} label.btn`),
        { trigger: `${PHONE} label.btn-success` },
        { trigger: ".o_gendan_words", run: "edit 整批印反, 车间解决不了" },
        screenshot("merchandiser-patrol-390"),
        { trigger: ".o_gendan_escalate:enabled", run: "click" },
        { trigger: ".o_gendan_phone_row[data-state=escalated]" },
        { content: "and a walk that found nothing", trigger: ".o_gendan_start_walk", run: "click" },
        { trigger: "[data-area=packing]", run: "click" },
        { trigger: ".o_gendan_fine", run: "click" },
        { trigger: `${PHONE} .alert-success` },
    ],
});

registry.category("web_tour.tours").add("gendan_patrol_answer", {
    steps: () => [
        { trigger: ".o_gendan_phone_row[data-state=escalated]", run: "click" },
        { trigger: ".o_gendan_words", run: "edit 封存该批, 用旧批, 向 V02 索赔" },
        screenshot("plan-manager-patrol-390"),
        { trigger: ".o_gendan_answer:enabled", run: "click" },
        { trigger: ".o_gendan_phone_row[data-state=answered]" },
    ],
});

registry.category("web_tour.tours").add("gendan_patrol_close", {
    steps: () => [
        { trigger: ".o_gendan_phone_row[data-state=answered]", run: "click" },
        { trigger: `${PHONE} .alert-primary:contains(用旧批)` },
        { trigger: ".o_gendan_words", run: "edit 复查: 旧批正常" },
        { trigger: ".o_gendan_close:enabled", run: "click" },
        { trigger: `${PHONE}:not(:has(.o_gendan_phone_row))` },
    ],
});

registry.category("web_tour.tours").add("gendan_deviation_phone", {
    steps: () => [
        { trigger: `${PHONE} [data-machine]:has(.badge)`, run: "click" },
        { trigger: ".o_gendan_to_deviation", run: "click" },
        { trigger: ".o_gendan_tell:disabled" },
        { trigger: ".o_gendan_what", run: "edit 封口偏 4 mm" },
        photo(`${PHONE} label.btn`),
        { trigger: `${PHONE} label.btn-success` },
        screenshot("merchandiser-deviation-390"),
        { trigger: ".o_gendan_tell:enabled", run: "click" },
        { trigger: ".o_gendan_phone_row[data-state=asked]:contains(封口偏)" },
    ],
});

registry.category("web_tour.tours").add("gendan_deviation_answer", {
    steps: () => [
        { trigger: "[data-tile=deviations]", run: "click" },
        { trigger: ".o_gendan_phone_row[data-state=asked]", run: "click" },
        { trigger: ".o_gendan_cannot:disabled" },
        { trigger: ".o_gendan_words", run: "edit 压花辊要 7 天" },
        screenshot("production-deviation-390"),
        { trigger: ".o_gendan_cannot:enabled", run: "click" },
        { trigger: `.o_gendan_phone_row .text-bg-danger` },
    ],
});

registry.category("web_tour.tours").add("gendan_deviation_relay", {
    steps: () => [
        { trigger: "[data-tile=deviations]", run: "click" },
        { trigger: ".o_gendan_phone_row[data-state=asked]", run: "click" },
        { trigger: ".o_gendan_relay", run: "click" },
        { trigger: ".o_gendan_phone_row[data-state=relayed]" },
    ],
});
