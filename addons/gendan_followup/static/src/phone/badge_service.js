import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const STORED = "gendan.badge";

/**
 * Who holds this shared phone (X17).
 *
 * The token of his badge goes with every call in the user's context; it ends with its time,
 * with `leave`, or with the tab. On a person's own login there is nothing to show.
 */
export const badgeService = {
    dependencies: ["orm"],
    async start(env, { orm }) {
        const state = reactive({ ready: false, device: false, name: "", roles: [], token: null });
        let timer;

        function forget() {
            browser.clearTimeout(timer);
            browser.sessionStorage.removeItem(STORED);
            user.updateContext({ gendan_badge: false });
            Object.assign(state, { token: null, name: "", roles: [] });
        }

        function hold(badge) {
            const left = Date.parse(`${badge.expires_at.replace(" ", "T")}Z`) - Date.now();
            if (left <= 0) {
                return forget();
            }
            browser.sessionStorage.setItem(STORED, JSON.stringify(badge));
            user.updateContext({ gendan_badge: badge.token });
            const { token, name, roles } = badge;
            Object.assign(state, { token, name, roles });
            browser.clearTimeout(timer);
            timer = browser.setTimeout(forget, Math.min(left, 2 ** 31 - 1));
        }

        /** Ask the server once whose login this is; without a network the phone remembers. */
        async function load() {
            const stored = JSON.parse(browser.sessionStorage.getItem(STORED) || "null");
            if (stored) {
                hold(stored);
            }
            const remembered = `${STORED}.${user.userId}`;
            try {
                const me = await orm.silent.call("gendan.badge", "who_am_i", []);
                browser.localStorage.setItem(remembered, JSON.stringify(me));
                if (me.device && !me.name) {
                    forget();
                }
                Object.assign(state, { device: me.device, name: me.name, roles: me.roles });
            } catch {
                const me = JSON.parse(browser.localStorage.getItem(remembered) || "null") || {};
                state.device = Boolean(me.device);
                if (!state.device) {
                    Object.assign(state, { name: me.name || "", roles: me.roles || [] });
                }
            }
            state.ready = true;
        }

        return {
            state,
            load,
            get present() {
                return state.ready && (!state.device || Boolean(state.token));
            },
            /** @returns {Promise<string|false>} why not, or false */
            async identify(shown) {
                const answer = await orm.call("gendan.badge", "identify", [], shown);
                if (!answer.ok) {
                    return answer.message;
                }
                hold(answer);
                return false;
            },
            async leave() {
                try {
                    await orm.silent.call("gendan.badge", "leave", []);
                } finally {
                    forget();
                }
            },
            people: () => orm.call("gendan.badge", "people", []),
            /** What every step of a queue carries: whose badge, and when. */
            stamp: () => ({
                token: state.token || undefined,
                noted_at: new Date().toISOString().slice(0, 19).replace("T", " "),
            }),
        };
    },
};

registry.category("services").add("gendan_badge", badgeService);
