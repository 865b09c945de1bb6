import { Component, onWillStart, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { CheckPoints } from "./check_points";
import { phoneTiles } from "./phone_home";
import { PhonePage } from "./phone_page";
import { PhoneQueue } from "./phone_queue";

/** 打码: the required text in large letters against a photo of the first print (L-K2). */
export class CodingPage extends Component {
    static template = "gendan_followup.CodingPage";
    static components = { PhonePage, CheckPoints };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.badge = useService("gendan_badge");
        this.holder = useState(this.badge.state);
        this.state = useState({
            rows: [], row: null, sheet: null, answers: {}, online: true, waiting: 0, refused: [],
        });
        onWillStart(async () => {
            await this.badge.load();
        });
        // whoever takes the phone over sees his own work
        useEffect(() => void this.load(), () => [this.holder.name]);
    }

    get title() {
        return this.state.row ? this.state.row.notice : _t("Coding");
    }

    async load() {
        if (!this.badge.present) {
            return;
        }
        this.state.rows = await this.orm.silent
            .call("gendan.production.notice.line", "phone_coding", [])
            .catch(() => this.state.rows);
    }

    async choose(row) {
        this.state.sheet = await this.orm.call(
            "gendan.production.notice.line", "phone_open_coding", [[row.id]]
        );
        Object.assign(this.state, { row, answers: {}, refused: [] });
        const id = this.state.sheet.id;
        this.queue = new PhoneQueue(
            `gendan.check.${id}`,
            (steps) => this.orm.silent.call("gendan.check.sheet", "action_sync", [[id], steps]),
            () => this.badge.stamp()
        );
    }

    answer(point, values) {
        this.state.answers[point.id] = { ...(this.state.answers[point.id] || {}), ...values };
        return this.note({ kind: "answer", point: point.id, values });
    }

    get isAnswered() {
        return this.state.sheet.points.every(
            (point) => (this.state.answers[point.id] || {}).result || point.result
        );
    }

    async note(step) {
        this.queue.push(step);
        const { online, refused } = await this.queue.flush();
        Object.assign(this.state, { online, waiting: this.queue.steps.length });
        if (refused.length) {
            this.state.refused = refused;
        }
        return online && !refused.length;
    }

    async close(kind) {
        if (await this.note({ kind })) {
            this.state.row = null;
            await this.load();
        }
    }

    back() {
        if (this.state.row) {
            this.state.row = null;
            return this.load();
        }
        return this.action.doAction({ type: "ir.actions.client", tag: "gendan_phone_home" });
    }
}

registry.category("actions").add("gendan_coding_page", CodingPage);
phoneTiles.add("coding", {
    label: _t("Coding"),
    icon: "fa-barcode",
    roles: ["packaging_keeper", "packaging", "qc"],
    action: "gendan_coding_page",
});
