import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { patchTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { PhoneQueue } from "@gendan_followup/phone/phone_queue";

describe.current.tags("desktop");
beforeEach(() => patchTranslations());

const PHOTO = "x".repeat(2_000_000);

/** A place for photos that outlives the page; `full` takes nothing. */
function place(full = false) {
    const kept = new Map();
    return {
        kept,
        keep: async (key, text) => !full && Boolean(kept.set(key, text)),
        get: async (key) => kept.get(key),
        drop: async (key) => kept.delete(key),
    };
}

/** A server that is away until `online`, and that takes or refuses what it gets. */
function server() {
    const it = { online: false, got: [], answer: () => false };
    it.send = async (steps) => {
        if (!it.online) {
            throw new ConnectionLostError("/web");
        }
        const results = {};
        for (const step of steps) {
            results[step.key] = it.answer(step);
            it.got.push(step);
        }
        return results;
    };
    return it;
}

function fault(exceptionName, message) {
    return Object.assign(new RPCError(message), { exceptionName, data: { message } });
}

test("twenty photos wait outside the plain storage and arrive whole", async () => {
    const photos = place();
    const away = server();
    const queue = new PhoneQueue("gendan.test", away.send, () => ({}), photos);
    for (let number = 0; number < 20; number++) {
        queue.push({ kind: "fill", number, values: { sample_photo: `${number}${PHOTO}` } });
    }
    expect(await queue.flush()).toEqual({ online: false, refused: [] });
    expect(browser.localStorage.getItem("gendan.test").length).toBeLessThan(10_000);
    expect(photos.kept.size).toBe(20);

    // the page was closed meanwhile
    const next = new PhoneQueue("gendan.test", away.send, () => ({}), photos);
    away.online = true;
    expect(await next.flush()).toEqual({ online: true, refused: [] });
    expect(away.got.map((step) => step.number)).toEqual([...Array(20).keys()]);
    expect(away.got.every((step) => step.values.sample_photo === `${step.number}${PHOTO}`)).toBe(
        true
    );
    expect(next.steps).toEqual([]);
    await next.keeping;
    expect(photos.kept.size).toBe(0);
});

test("a full phone says so once, and sends from the open page", async () => {
    const away = server();
    const queue = new PhoneQueue("gendan.test", away.send, () => ({}), place(true));
    queue.push({ kind: "walk", photo: PHOTO });
    const { refused } = await queue.flush();
    expect(refused.length).toBe(1);
    expect(refused[0]).toMatch(/storage of this phone is full/);
    expect((await queue.flush()).refused).toEqual([]);
    away.online = true;
    expect((await queue.flush()).refused).toEqual([]);
    expect(away.got[0].photo).toBe(PHOTO);
});

test("plain storage full: the steps stay with the page", async () => {
    patchWithCleanup(browser.localStorage, {
        setItem() {
            throw new DOMException("full", "QuotaExceededError");
        },
    });
    const away = server();
    const queue = new PhoneQueue("gendan.test", away.send, () => ({}), place());
    queue.push({ kind: "fine" });
    queue.push({ kind: "fine" });
    expect(queue.steps.length).toBe(2);
    expect((await queue.flush()).refused.length).toBe(1);
    away.online = true;
    await queue.flush();
    expect(away.got.length).toBe(2);
    expect(queue.steps).toEqual([]);
});

test("a step that the server cannot take holds up no other", async () => {
    const it = server();
    it.online = true;
    it.answer = (step) => {
        if (step.kind === "broken") {
            throw fault("builtins.KeyError", "'kind'");
        }
        return false;
    };
    const queue = new PhoneQueue("gendan.test", it.send, () => ({}), place());
    queue.push({ kind: "fine" });
    queue.push({ kind: "broken" });
    queue.push({ kind: "fine" });
    await queue.flush();
    expect(queue.steps.map((step) => step.kind)).toEqual(["broken"]);
    await queue.flush();
    const { online, refused } = await queue.flush();
    expect(online).toBe(true);
    expect(refused).toEqual(["'kind'"]);
    expect(queue.steps).toEqual([]);
});

test("a refusal is told at once, a login that ended loses nothing", async () => {
    const it = server();
    it.online = true;
    it.answer = () => {
        throw fault("odoo.exceptions.UserError", "A phone sent something unknown.");
    };
    const queue = new PhoneQueue("gendan.test", it.send, () => ({}), place());
    queue.push({ kind: "fine" });
    expect((await queue.flush()).refused).toEqual(["A phone sent something unknown."]);
    expect(queue.steps).toEqual([]);
    it.answer = () => {
        throw fault("odoo.http.SessionExpiredException", "Session expired");
    };
    queue.push({ kind: "fine" });
    expect(await queue.flush()).toEqual({ online: false, refused: [] });
    expect(queue.steps.length).toBe(1);
});
