import {
    Component,
    onWillStart,
    onWillUnmount,
    useChildSubEnv,
    useEffect,
    useExternalListener,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { PhonePage } from "./phone_page";
import { PhoneQueue, RETRY } from "./phone_queue";
import { shrinkPhoto } from "./shrink_photo";

/** A page for those who stand: it carries the badge of a person, and `load()` reads his work. */
export class WorkPage extends Component {
    static components = { PhonePage };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.badge = useService("gendan_badge");
        this.holder = useState(this.badge.state);
        // nothing is called empty before it was read
        this.reading = useState({ isDone: false });
        useChildSubEnv({ reading: this.reading });
        onWillStart(() => this.badge.load());
        // whoever takes the phone over sees his own work
        useEffect(() => void this.readFirst(), () => [this.holder.name]);
    }

    async readFirst() {
        this.reading.isDone = false;
        try {
            await this.load();
        } finally {
            this.reading.isDone = true;
        }
    }

    /** Whether the person in front of the page has one of these roles. */
    has(...roles) {
        return roles.some((role) => this.holder.roles.includes(role));
    }

    goTo(tag, params = {}) {
        return this.action.doAction({ type: "ir.actions.client", tag, params });
    }

    /** Home is where a phone starts anew: what was opened before does not pile up behind it. */
    goHome() {
        return this.action.doAction(
            { type: "ir.actions.client", tag: "gendan_phone_home", path: "phone" },
            { clearBreadcrumbs: true }
        );
    }
}

/** A page whose steps wait on the phone while the network is away. */
export class QueuedPage extends WorkPage {
    setup() {
        super.setup();
        const timer = browser.setInterval(() => this.queue?.steps.length && this.sync(), RETRY);
        onWillUnmount(() => browser.clearInterval(timer));
        // back on the network: what waits is not kept waiting for the clock
        useExternalListener(window, "online", () => this.queue?.steps.length && this.sync());
    }

    /**
     * @param {string} storageKey one per document or kind of step
     * @param {(steps: object[]) => Promise<object>} send returns `{key: false | why refused}`
     */
    openQueue(storageKey, send) {
        this.queue = new PhoneQueue(storageKey, send, () => this.badge.stamp());
    }

    /**
     * Send steps of several records, each to its own.
     *
     * @param {string} model whose `action_sync` takes them
     * @param {(step: object) => number} recordOf its id; without one the step makes a record
     */
    async sendEach(model, steps, recordOf) {
        const results = {};
        for (const step of steps) {
            const id = recordOf(step);
            Object.assign(
                results,
                await this.orm.silent.call(model, "action_sync", [id ? [id] : [], [step]])
            );
        }
        return results;
    }

    /** Read with `read()` what the person may see; without a network what is shown stays. */
    async load() {
        this.state.waiting = this.queue.steps.length;
        if (!this.badge.present) {
            return;
        }
        try {
            await this.read();
            this.state.online = true;
        } catch {
            this.state.online = false;
        }
    }

    /**
     * Take a picture, made small enough to be sent.
     *
     * @param {Event} ev of the file input
     * @param {string} [name] which picture, on a page that takes several
     */
    async photo(ev, name) {
        const [file] = ev.target.files;
        if (file) {
            await this.keepPhoto(await shrinkPhoto(file), name);
        }
    }

    /** Where a picture goes: into the form, unless the page has another place for it. */
    keepPhoto(image) {
        this.state.form.photo = image;
    }

    /** @returns {Promise<boolean>} whether all has arrived and nothing was refused */
    async sync() {
        const { online, refused } = await this.queue.flush();
        Object.assign(this.state, { online, waiting: this.queue.steps.length });
        if (refused.length) {
            this.state.refused = refused;
        }
        if (online) {
            await this.arrived();
        }
        return online && !refused.length;
    }

    /** What the server knows now is shown. */
    arrived() {
        return this.load();
    }
}

/** A list of rows that one person words an answer to: tap a row, write, send (D5.5, D13.2). */
export class RowPage extends QueuedPage {
    choose(row) {
        Object.assign(this.state, { row, words: "", refused: [] });
    }

    /** Send the words as a step of the chosen row; it stays open if it was refused. */
    async step(kind) {
        this.state.refused = [];
        this.queue.push({ kind, words: this.state.words, record: this.state.row.id });
        if (await this.sync()) {
            this.state.row = null;
        }
    }
}
