import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { QueuedPage } from "./work_page";

export const INSTRUCTIONS = {
    stop: { label: _t("Stop the machine"), style: "danger" },
    adjust: { label: _t("Adjust, then go on"), style: "warning" },
    go_on: { label: _t("Go on"), style: "success" },
};

/** 异常: told at once; QC says stop at this figure of the counter; it stood at that (L-O2). */
export class AbnormalityPage extends QueuedPage {
    static template = "gendan_followup.AbnormalityPage";

    setup() {
        super.setup();
        this.instructions = INSTRUCTIONS;
        const { machine, line } = this.props.action.params || {};
        this.state = useState({
            rows: [], row: null, machines: [], form: null, counter: "", text: "", online: true,
            waiting: 0, refused: [],
        });
        this.asked = { machine, line };
        this.openQueue("gendan.abnormalities", (steps) =>
            this.sendEach("gendan.abnormality", steps, (step) => step.record)
        );
        if (machine) {
            this.open();
        }
    }

    get title() {
        return this.state.row ? this.state.row.machine : _t("Something wrong").toString();
    }

    async read() {
        const [rows, machines] = await Promise.all([
            this.orm.silent.call("gendan.abnormality", "phone_abnormalities", []),
            this.orm.silent.call("mrp.workcenter", "phone_machines", []),
        ]);
        Object.assign(this.state, { rows, machines });
    }

    open() {
        const { machine = false, line = false } = this.asked;
        this.state.form = { machine, line, description: "", counter: "", photo: false };
        this.state.refused = [];
    }

    chooseMachine(machine) {
        const [work] = machine.works;
        Object.assign(this.state.form, { machine: machine.id, line: work ? work.line : false });
    }

    get canTell() {
        const { machine, description, counter } = this.state.form;
        return machine && description.trim() && counter !== "" && Number(counter) >= 0;
    }

    async tell() {
        const { machine, line, description, counter, photo } = this.state.form;
        this.state.form = null;
        this.queue.push({
            kind: "note", workcenter_id: machine, notice_line_id: line, description,
            counter: Number(counter), photo,
        });
        await this.sync();
    }

    choose(row) {
        Object.assign(this.state, {
            row, text: "", refused: [],
            counter: String(row.counter_at_instruction || row.counter || ""),
        });
    }

    async instruct(instruction) {
        await this.step({
            kind: "instruct", instruction, counter: Number(this.state.counter),
            text: this.state.text,
        });
    }

    stop() {
        return this.step({ kind: "stop", counter: Number(this.state.counter) });
    }

    async step(step) {
        this.queue.push({ ...step, record: this.state.row.id });
        if (await this.sync()) {
            this.state.row = null;
        }
    }

    back() {
        if (this.state.row || (this.state.form && !this.asked.machine)) {
            Object.assign(this.state, { row: null, form: null });
        } else if (this.asked.machine) {
            this.goTo("gendan_machine_page", { machine: this.asked.machine });
        } else {
            this.goHome();
        }
    }
}

registry.category("actions").add("gendan_abnormality_page", AbnormalityPage);
phoneTiles.add("abnormalities", {
    label: _t("Something wrong"),
    icon: "fa-exclamation-triangle",
    roles: ["operator", "production", "packaging", "qc", "merchandiser"],
    action: "gendan_abnormality_page",
    count: async (orm) =>
        (await orm.silent.call("gendan.abnormality", "phone_abnormalities", [])).filter(
            (row) => row.state !== "closed"
        ).length,
}, { sequence: 20 });
