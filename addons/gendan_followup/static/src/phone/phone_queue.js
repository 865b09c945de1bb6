import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { photoStore } from "./photo_store";

// a text longer than this is a photo and lies apart: the plain storage holds five megabytes
const LARGE = 10_000;
// how often a step is sent again to which the server answers with a fault of its own
const TRIES = 3;
// answers after which the step is as good as before: its holder logs in again
const LOGIN = ["odoo.http.SessionExpiredException", "odoo.exceptions.AccessDenied"];

// how often what waits is tried again, in milliseconds
export const RETRY = 5000;

/**
 * What was done on the phone while the network was away.
 *
 * Every step is written to the phone's own storage before it is sent, and taken out of it
 * only when the server has answered: a lost connection, a closed tab or an empty battery
 * loses nothing. Each step carries a key, so that what arrives twice counts once. Photos lie
 * in a storage of their own; a step that the server cannot take is told and let go.
 */
export class PhoneQueue {
    /**
     * @param {string} storageKey one per document, e.g. `gendan.check.17`
     * @param {(steps: object[]) => Promise<object>} send returns `{key: false | why refused}`
     * @param {() => object} [stamp] what every step carries (badge, time)
     * @param {PhotoStore} [photos] where large texts lie
     */
    constructor(storageKey, send, stamp = () => ({}), photos = photoStore) {
        this.storageKey = storageKey;
        this.send = send;
        this.stamp = stamp;
        this.photos = photos;
        this.running = null;
        // what this page keeps as well: photos, and steps that the storage did not take
        this.large = new Map();
        this.unkept = null;
        this.keeping = Promise.resolve();
        this.warnings = [];
        this.tries = {};
    }

    get steps() {
        if (this.unkept) {
            return this.unkept;
        }
        try {
            return JSON.parse(browser.localStorage.getItem(this.storageKey)) || [];
        } catch {
            return [];
        }
    }

    set steps(steps) {
        try {
            browser.localStorage.setItem(this.storageKey, JSON.stringify(steps));
            this.unkept = null;
        } catch {
            this.unkept = steps;
            this.warn();
        }
    }

    push(step) {
        const key = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
        this.steps = [...this.steps, this.pack({ ...step, ...this.stamp(), key })];
        return key;
    }

    /** The storage of this phone is full: said once, the page still holds what was done. */
    warn() {
        const text = _t(
            "The storage of this phone is full. Keep this page open until the network is back, or what was noted is lost."
        ).toString();
        this.warnings = [text];
    }

    /** Lay large texts apart, and leave in their place under which key they lie. */
    pack(value, path = value.key) {
        if (typeof value === "string" && value.length > LARGE) {
            this.large.set(path, value);
            this.keeping = this.keeping
                .then(() => this.photos.keep(path, value))
                .then((kept) => kept || this.warn());
            return { large: path };
        }
        if (value && typeof value === "object" && !Array.isArray(value)) {
            return Object.fromEntries(
                Object.entries(value).map(([name, one]) => [name, this.pack(one, `${path}.${name}`)])
            );
        }
        return value;
    }

    /** Put large texts back where they were. */
    async unpack(value) {
        if (!value || typeof value !== "object" || Array.isArray(value)) {
            return value;
        }
        if (value.large) {
            return this.large.get(value.large) ?? (await this.photos.get(value.large));
        }
        const entries = Object.entries(value).map(async ([name, one]) => [
            name,
            await this.unpack(one),
        ]);
        return Object.fromEntries(await Promise.all(entries));
    }

    /** Let the large texts of a step go: it has arrived. */
    forget(value) {
        if (value && typeof value === "object") {
            if (value.large) {
                this.large.delete(value.large);
                this.keeping = this.keeping.then(() => this.photos.drop(value.large));
            } else {
                Object.values(value).forEach((one) => this.forget(one));
            }
        }
    }

    /**
     * Send what waits; one sending at a time.
     *
     * @returns {Promise<{online: boolean, refused: string[]}>}
     */
    flush() {
        this.running ||= this._flush().finally(() => (this.running = null));
        return this.running;
    }

    async _flush() {
        const steps = this.steps;
        if (!steps.length) {
            return { online: true, refused: [] };
        }
        const results = {};
        const online = await this.deliver(steps, results);
        const done = this.steps.filter((step) => step.key in results);
        this.steps = this.steps.filter((step) => !(step.key in results));
        done.forEach((step) => this.forget(step));
        await this.keeping;
        const warnings = this.steps.length ? this.warnings : [];
        this.warnings = [];
        return { online, refused: [...Object.values(results).filter(Boolean), ...warnings] };
    }

    /**
     * Send steps together; what the server cannot take together is sent one by one.
     *
     * @param {object[]} steps
     * @param {object} results filled with what the server answered
     * @returns {Promise<boolean>} whether there is a network
     */
    async deliver(steps, results) {
        try {
            Object.assign(results, await this.send(await this.unpackAll(steps)));
            return true;
        } catch (error) {
            if (!(error instanceof RPCError) || LOGIN.includes(error.exceptionName)) {
                return false;
            }
            if (steps.length === 1) {
                this.judge(steps[0], error, results);
                return true;
            }
        }
        for (const step of steps) {
            if (!(await this.deliver([step], results))) {
                return false;
            }
        }
        return true;
    }

    unpackAll(steps) {
        return Promise.all(steps.map((step) => this.unpack(step)));
    }

    /** A refusal is final; a fault of the server's is tried a few times. */
    judge(step, error, results) {
        const tries = (this.tries[step.key] = (this.tries[step.key] || 0) + 1);
        const isRefusal = (error.exceptionName || "").startsWith("odoo.exceptions.");
        if (isRefusal || tries >= TRIES) {
            results[step.key] =
                error.data?.message ||
                _t("The server could not take what was noted: enter it again.").toString();
        }
    }
}
