import { registry } from "@web/core/registry";
import { network, screenshot } from "./steps";

function badge(name, pin) {
    return [
        { trigger: `.o_gendan_badge_people button:contains(${name})`, run: "click" },
        ...[...pin].map((digit) => ({ trigger: `[data-digit="${digit}"]`, run: "click" })),
        { trigger: ".o_gendan_badge_ok:enabled", run: "click" },
    ];
}

/** A driver without a login: badge, duty, departure, arrival without a network, return, sheet. */
registry.category("web_tour.tours").add("gendan_driver_phone", {
    steps: () => [
        ...badge("金涛", "1023"),
        { trigger: "[data-tile=trips]", run: "click" },
        { trigger: ".o_gendan_phone_row:contains(A1004)", run: "click" },
        { trigger: ".o_gendan_duty", run: "click" },
        { trigger: "#gendan_odometer", run: "edit 50200" },
        { trigger: ".o_gendan_depart:enabled", run: "click" },
        { trigger: ".o_gendan_trip_clock .o_done:nth-child(2)" },
        network("off"),
        { trigger: "[data-stop='0'] .o_gendan_arrive:enabled", run: "click" },
        { content: "nothing is lost", trigger: ".o_gendan_phone_net" },
        { trigger: "[data-stop='0'] .o_gendan_arrive.btn-success" },
        { content: "and nothing of before", trigger: ".o_gendan_trip_clock .o_done:nth-child(1)" },
        screenshot("driver-trip-390"),
        network("on"),
        { trigger: ".o_gendan_phone:not(:has(.o_gendan_phone_net))" },
        { trigger: ".o_gendan_wait", run: "click" },
        { trigger: "[data-cause=traffic]", run: "click" },
        { trigger: ".o_gendan_wait_save:enabled", run: "click" },
        { trigger: ".badge:contains(10)" },
        { trigger: "#gendan_odometer_in", run: "edit 50260" },
        { trigger: ".o_gendan_return:enabled", run: "click" },
        { trigger: ".o_gendan_trip_clock .o_done:nth-child(3)" },
        { trigger: ".fs-4:contains(60)" },
        { trigger: ".o_gendan_phone_back", run: "click" },
        { trigger: ".o_gendan_trips", run: () => {} },
        { trigger: ".o_gendan_phone_back", run: "click" },
        { trigger: "[data-tile=sheets]", run: "click" },
        { trigger: ".o_gendan_sheet .o_gendan_score:contains(95)" },
        { trigger: ".o_gendan_object", run: "click" },
        { trigger: ".o_gendan_sheet textarea", run: "edit 罚单不是我的" },
        screenshot("driver-sheet-390"),
        { trigger: ".o_gendan_object_send:enabled", run: "click" },
        { trigger: ".o_gendan_objection:contains(罚单不是我的)" },
        { content: "put the phone down", trigger: ".o_gendan_phone_leave", run: "click" },
        { trigger: ".o_gendan_badge" },
    ],
});
