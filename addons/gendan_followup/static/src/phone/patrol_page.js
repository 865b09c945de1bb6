import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { RowPage } from "./work_page";

const STATES = {
    open: { label: _t("Found"), style: "warning" },
    solved: { label: _t("Solved"), style: "info" },
    escalated: { label: _t("Escalated"), style: "danger" },
    answered: { label: _t("Answered"), style: "primary" },
    closed: { label: _t("Closed"), style: "success" },
};

/** 巡视: one tap when all is well; a finding is solved on the spot or goes up (D13.1–D13.4). */
export class PatrolPage extends RowPage {
    static template = "gendan_followup.PatrolPage";

    setup() {
        super.setup();
        this.states = STATES;
        this.state = useState({
            board: null, form: null, row: null, words: "", done: "", online: true, waiting: 0,
            refused: [],
        });
        this.openQueue("gendan.patrols", (steps) =>
            this.sendEach("gendan.patrol", steps, (step) => step.record)
        );
    }

    async read() {
        this.state.board = await this.orm.silent.call("gendan.patrol", "phone_patrols", []);
    }

    get kinds() {
        return this.state.board.kinds.filter(([kind]) => kind !== "fine");
    }

    start() {
        Object.assign(this.state, {
            form: {
                area: "machine", kind: "", description: "", machine: false, photo: false,
                told: "", due: "",
            },
            words: "", done: "", refused: [],
        });
    }

    get canNote() {
        const { kind, description } = this.state.form;
        return kind && description.trim();
    }

    /** Nothing abnormal: area and one tap. */
    fine() {
        this.state.form.kind = "fine";
        return this.walk();
    }

    async walk(more = {}) {
        const { area, kind, description, machine, photo, told, due } = this.state.form;
        this.state.form = null;
        this.queue.push({
            kind: "walk", area, finding: kind, description, workcenter_id: machine, photo,
            told_id: Number(told), due_date: due, ...more,
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
        super.choose(row);
        this.state.done = "";
    }

    back() {
        if (this.state.row || this.state.form) {
            Object.assign(this.state, { row: null, form: null });
        } else {
            this.goHome();
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
