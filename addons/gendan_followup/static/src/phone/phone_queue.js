import { browser } from "@web/core/browser/browser";

// how often what waits is tried again, in milliseconds
export const RETRY = 5000;

/**
 * What was done on the phone while the network was away.
 *
 * Every step is written to the phone's own storage before it is sent, and taken out of it
 * only when the server has answered: a lost connection, a closed tab or an empty battery
 * loses nothing. Each step carries a key, so that what arrives twice counts once.
 */
export class PhoneQueue {
    /**
     * @param {string} storageKey one per document, e.g. `gendan.check.17`
     * @param {(steps: object[]) => Promise<object>} send returns `{key: false | why refused}`
     * @param {() => object} [stamp] what every step carries (badge, time)
     */
    constructor(storageKey, send, stamp = () => ({})) {
        this.storageKey = storageKey;
        this.send = send;
        this.stamp = stamp;
        this.running = null;
    }

    get steps() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.storageKey)) || [];
        } catch {
            return [];
        }
    }

    set steps(steps) {
        browser.localStorage.setItem(this.storageKey, JSON.stringify(steps));
    }

    push(step) {
        const key = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
        this.steps = [...this.steps, { ...step, ...this.stamp(), key }];
        return key;
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
        let results;
        try {
            results = await this.send(steps);
        } catch {
            return { online: false, refused: [] };
        }
        this.steps = this.steps.filter((step) => !(step.key in results));
        return { online: true, refused: Object.values(results).filter(Boolean) };
    }
}
