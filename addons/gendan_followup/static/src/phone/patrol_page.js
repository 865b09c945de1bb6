import { Component, onWillStart, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { phoneTiles } from "./phone_home";
import { PhonePage } from "./phone_page";
import { PhoneQueue } from "./phone_queue";
import { shrinkPhoto } from "./shrink_photo";

const RETRY = 5000;
const STATES = {
    open: { label: _t("Found"), style: "warning" },
    solved: { label: _t("Solved"), style: "info" },
    escalated: { label: _t("Escalated"), style: "danger" },
    answered: { label: _t("Answered"), style: "primary" },
    closed: { label: _t("Closed"), style: "success" },
};

/** 巡视: one tap when all is well; a finding is solved on the spot or goes up (D13.1–D13.4). */
export class PatrolPage extends Component {
    static template = "gendan_followup.PatrolPage";
    static components = { PhonePage };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.badge = useService("gendan_badge");
        this.holder = useState(this.badge.state);
        this.states = STATES;
        this.state = useState({
            board: null, form: null, row: null, words: "", done: "", online: true, waiting: 0,
            refused: [],
        });
        this.queue = new PhoneQueue(
            "gendan.patrols",
            (steps) => this.send(steps),
            () => this.badge.stamp()
        );
        onWillStart(() => this.badge.load());
        useEffect(() => void this.load(), () => [this.holder.name]);
        const timer = browser.setInterval(() => this.queue.steps.length && this.sync(), RETRY);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    async load() {
        this.state.waiting = this.queue.steps.length;
        if (!this.badge.present) {
            return;
        }
        try {
            this.state.board = await this.orm.silent.call("gendan.patrol", "phone_patrols", []);
            this.state.online = true;
        } catch {
            this.state.online = false;
        }
    }

    async send(steps) {
        const results = {};
        for (const step of steps) {
            Object.assign(results, await this.orm.silent.call("gendan.patrol", "action_sync", [
                step.record ? [step.record] : [],
                [step],
            ]));
        }
        return results;
    }

    async sync() {
        const { online, refused } = await this.queue.flush();
        Object.assign(this.state, { online, waiting: this.queue.steps.length });
        this.state.refused = refused.length ? refused : this.state.refused;
        if (online) {
            await this.load();
        }
        return online && !refused.length;
    }

    get kinds() {
        return this.state.board.kinds.filter(([kind]) => kind !== "fine");
    }

    start() {
        Object.assign(this.state, {
            form: { area: "machine", kind: "", description: "", machine: false, photo: false },
            words: "", done: "", refused: [],
        });
    }

    get canNote() {
        const { kind, description } = this.state.form;
        return kind && description.trim();
    }

    async photo(ev) {
        const [file] = ev.target.files;
        if (file) {
            this.state.form.photo = await shrinkPhoto(file);
        }
    }

    /** Nothing abnormal: area and one tap. */
    fine() {
        this.state.form.kind = "fine";
        return this.walk();
    }

    async walk(more = {}) {
        const { area, kind, description, machine, photo } = this.state.form;
        this.state.form = null;
        this.queue.push({
            kind: "walk", area, finding: kind, description, workcenter_id: machine, photo, ...more,
        });
        if (await this.sync()) {
            this.state.done = _t("Noted").toString();
        }
    }

    solve() {
        return this.walk({ action: this.state.words });
    }

    escalate() {
        return this.walk({ escalation: this.state.words });
    }

    choose(row) {
        Object.assign(this.state, { row, words: "", done: "", refused: [] });
    }

    async step(kind) {
        this.state.refused = [];
        this.queue.push({ kind, words: this.state.words, record: this.state.row.id });
        if (await this.sync()) {
            this.state.row = null;
        }
    }

    back() {
        if (this.state.row || this.state.form) {
            Object.assign(this.state, { row: null, form: null });
        } else {
            this.action.doAction({ type: "ir.actions.client", tag: "gendan_phone_home" });
        }
    }
}

registry.category("actions").add("gendan_patrol_page", PatrolPage);
phoneTiles.add("patrol", {
    label: _t("Patrol"),
    icon: "fa-eye",
    roles: ["merchandiser", "plan_manager", "general_manager"],
    own: true,
    action: "gendan_patrol_page",
    count: async (orm) =>
        (await orm.silent.call("gendan.patrol", "phone_patrols", [])).open.length,
}, { sequence: 15 });
