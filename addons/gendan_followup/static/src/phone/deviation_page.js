import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { RowPage } from "./work_page";

/** 偏差: told at the machine, production tries first, then it is the salesperson's (D5.5, D5.6). */
export class DeviationPage extends RowPage {
    static template = "gendan_followup.DeviationPage";

    setup() {
        super.setup();
        const { machine, line } = this.props.action.params || {};
        this.asked = { machine, line };
        this.state = useState({
            rows: [], row: null, form: null, words: "", online: true, waiting: 0, refused: [],
        });
        this.openQueue("gendan.deviations", (steps) =>
            this.sendEach("gendan.deviation", steps, (step) => step.record)
        );
        if (line) {
            this.state.form = { question: "", photo: false };
        }
    }

    get title() {
        return this.state.row ? this.state.row.machine : _t("Deviations").toString();
    }

    async read() {
        this.state.rows = await this.orm.silent.call("gendan.deviation", "phone_deviations", []);
    }

    async tell() {
        const { question, photo } = this.state.form;
        this.state.form = null;
        this.queue.push({
            kind: "note", notice_line_id: this.asked.line, workcenter_id: this.asked.machine,
            question, photo,
        });
        await this.sync();
    }

    back() {
        if (this.state.row || (this.state.form && this.state.rows.length)) {
            Object.assign(this.state, { row: null, form: null });
            return undefined;
        }
        return this.asked.machine
            ? this.goTo("gendan_machine_page", { machine: this.asked.machine })
            : this.goHome();
    }
}

registry.category("actions").add("gendan_deviation_page", DeviationPage);
phoneTiles.add("deviations", {
    label: _t("Deviations"),
    icon: "fa-random",
    roles: ["production", "merchandiser"],
    action: "gendan_deviation_page",
    count: async (orm) =>
        (await orm.silent.call("gendan.deviation", "phone_deviations", [])).filter(
            (row) => row.state === "asked"
        ).length,
}, { sequence: 18 });
