import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchTranslations,
} from "@web/../tests/web_test_helpers";
import { PAGE, Today, daysText } from "@gendan_followup/today/today";

describe.current.tags("desktop");
defineMailModels();

const LIGHTS = [
    { key: "sign", label: "Signatures", state: "green", text: "Valid", model: "sale.order", id: 1 },
    { key: "plate", label: "Plate making", state: "red", text: "PK01 v2: Engraving", model: "gendan.plate.job", id: 7 },
    { key: "ship", label: "Shipping", state: "grey", text: "Not begun", model: false, id: false },
];

function row(id, group, values = {}) {
    return {
        id,
        name: `S${id}`,
        customer: "Nordpark",
        kind: "export",
        flagged: false,
        ref: "",
        letter: "A",
        goods: "F02 1,700 cartons",
        date: "2026-12-22",
        days: 28,
        group,
        state: "on_time",
        risk: false,
        behind: "",
        forecast: "",
        lights: LIGHTS,
        who: group === "me" ? "" : "孙涛",
        blocker: "RM03: waits for the keeper's answer",
        action:
            group === "me"
                ? { label: "Verify", kind: "open", model: "sale.order", id }
                : { label: "Remind", kind: "nudge", model: "sale.order", id },
        ...values,
    };
}

function board(rows, values = {}) {
    const count = (group) => rows.filter((one) => one.group === group).length;
    return {
        today: "2026-11-24",
        counts: { me: count("me"), others: count("others"), risk: 0, all: rows.length },
        total: rows.length,
        rows,
        kinds: [["export", "Export"]],
        next: null,
        ...values,
    };
}

/** Mount the board over what the server answers; return the calls and the opened actions. */
async function mountToday(answer) {
    const asked = [];
    const opened = [];
    onRpc("gendan.today", "board", ({ kwargs }) => {
        asked.push(kwargs);
        return typeof answer === "function" ? answer(kwargs) : answer;
    });
    mockService("action", { doAction: (action) => opened.push(action) });
    await mountWithCleanup(Today, { props: { action: {}, actionId: 1, className: "" } });
    return { asked, opened };
}

test("how many days are left is said in words", () => {
    patchTranslations();
    expect(String(daysText(0))).toBe("today");
    expect(String(daysText(28))).toBe("28 days left");
    expect(String(daysText(-3))).toBe("3 days late");
    expect(daysText(null)).toBe("");
});

test("groups by who must act, with the numbers on the tabs", async () => {
    await mountToday(board([row(1, "me"), row(2, "others"), row(3, "others")]));
    expect(queryAllTexts(".o_gendan_today_group")).toEqual(["Waits for me", "Waits for others"]);
    expect(queryAllTexts(".o_gendan_today_tabs b")).toEqual(["1", "2", "0", "3"]);
    expect(".o_gendan_today_row").toHaveCount(3);
    expect("[data-order='S1'] .o_gendan_today_action").toHaveText("Verify");
    expect("[data-order='S2'] .o_gendan_today_action").toHaveText("Remind");
    expect("[data-order='S2'] .o_gendan_today_next b").toHaveText("孙涛");
});

test("a tab is the filter and goes back to the first page", async () => {
    const { asked } = await mountToday(board([row(1, "me")], { total: 100 }));
    await contains("button:contains(Next)").click();
    expect(asked.at(-1).offset).toBe(PAGE);
    await contains("[data-tab=risk]").click();
    const { tab, search, kind, offset, limit } = asked.at(-1);
    expect([tab, search, kind, offset, limit]).toEqual(["risk", "", "", 0, PAGE]);
    expect("[data-tab=risk]").toHaveClass("btn-primary");
});

test("a light says what is missing and opens the record behind it", async () => {
    const { opened } = await mountToday(board([row(1, "me")]));
    expect("[data-light=plate]").toHaveAttribute("title", "Plate making: PK01 v2: Engraving");
    expect(".o_gendan_today_told").toHaveCount(0);
    await contains("[data-light=plate]").click();
    expect(".o_gendan_today_told").toHaveText(/PK01 v2: Engraving/);
    await contains(".o_gendan_today_told button").click();
    expect([opened[0].res_model, opened[0].res_id]).toEqual(["gendan.plate.job", 7]);
    await contains("[data-light=ship]").click();
    expect(".o_gendan_today_told button").toHaveCount(0);
});

test("j and k walk, Enter opens, a does the next action", async () => {
    const { opened } = await mountToday(board([row(1, "me"), row(2, "me"), row(3, "me")]));
    const active = () => queryOne(".o_gendan_today_row.o_active").dataset.order;
    expect(active()).toBe("S1");
    await press("j");
    await press("j");
    await press("j");
    await animationFrame();
    expect(active()).toBe("S3");
    await press("k");
    await animationFrame();
    expect(active()).toBe("S2");
    await press("Enter");
    await press("a");
    await animationFrame();
    expect(opened.map((action) => [action.res_model, action.res_id])).toEqual([
        ["sale.order", 2],
        ["sale.order", 2],
    ]);
});

test("the star marks an order and the board is read anew", async () => {
    const flagged = [];
    onRpc("sale.order", "action_flag", ({ args }) => {
        flagged.push(...args[0]);
        return true;
    });
    const { asked } = await mountToday(() =>
        board([row(1, "me", { flagged: flagged.length > 0 }), row(2, "me", { kind: "showroom" })])
    );
    expect("[data-order='S1'] .fa-star-o").toHaveCount(1);
    expect("[data-order='S2'] .o_gendan_today_flag").toHaveCount(0);
    await contains("[data-order='S1'] .o_gendan_today_flag").click();
    expect(flagged).toEqual([1]);
    expect(asked).toHaveLength(2);
    expect("[data-order='S1'] .fa-star").toHaveCount(1);
});

test("typing in the search field is typing", async () => {
    const { opened } = await mountToday(board([row(1, "me"), row(2, "me")]));
    await contains("input[type=search]").click();
    await press("j");
    await press("a");
    await animationFrame();
    expect(queryOne(".o_gendan_today_row.o_active").dataset.order).toBe("S1");
    expect(opened).toHaveLength(0);
});

test("the reminder is sent once, and says to whom", async () => {
    onRpc("gendan.today", "nudge", ({ args }) => {
        expect.step(`nudge ${args[0]}`);
        return "孙涛";
    });
    await mountToday(board([row(2, "others")]));
    await contains(".o_gendan_today_action").click();
    expect.verifySteps(["nudge 2"]);
    expect(".o_notification").toHaveText(/Reminded: 孙涛/);
});

test("an action on the server reads the board anew", async () => {
    const action = {
        label: "Check the stock",
        kind: "call",
        model: "gendan.production.notice",
        id: 5,
        method: "action_check_stock",
    };
    onRpc("gendan.production.notice", "action_check_stock", ({ args }) => {
        expect.step(`check ${args[0]}`);
        return true;
    });
    let times = 0;
    const { asked } = await mountToday(() =>
        board(times++ ? [] : [row(1, "me", { action })])
    );
    await contains(".o_gendan_today_action").click();
    expect.verifySteps(["check 5"]);
    expect(asked).toHaveLength(2);
    expect(".o_gendan_today_row").toHaveCount(0);
});

test("what lists records opens them with their filter", async () => {
    const domain = [["notice_id", "=", 5]];
    const action = { label: "Order packaging", kind: "list", model: "gendan.need", id: false, domain };
    const { opened } = await mountToday(board([row(1, "me", { action })]));
    await press("a");
    await animationFrame();
    expect(opened[0].res_model).toBe("gendan.need");
    expect(opened[0].domain).toEqual(domain);
});

test("late and at risk are told apart", async () => {
    await mountToday(
        board([
            row(1, "me", { state: "at_risk", risk: true, forecast: "2026-12-24" }),
            row(2, "me", { state: "late", behind: "Carton" }),
            row(3, "me"),
        ])
    );
    expect(queryAllTexts(".o_gendan_today_state")).toEqual([
        "At risk: ready on 2026-12-24",
        "Behind: Carton",
    ]);
    expect("[data-order='S1']").toHaveClass("o_risk");
    expect("[data-order='S2']").not.toHaveClass("o_risk");
});

test("an order that rests is told", async () => {
    await mountToday(board([row(1, "others", { idle: 3 }), row(2, "others", { idle: 0 })]));
    expect("[data-order='S1'] .o_gendan_today_idle").toHaveText("No step for 3 working days");
    expect("[data-order='S2'] .o_gendan_today_idle").toHaveCount(0);
});

test("an empty board explains itself", async () => {
    await mountToday(board([], { next: { id: 9, name: "S9", date: "2026-11-25" } }));
    await contains("[data-tab=me]").click();
    expect(".o_gendan_today_empty h3").toHaveText("No order waits for you today");
    expect(".o_gendan_today_empty p").toHaveText("Next: S9 2026-11-25");
});
