import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { _t } from "@web/core/l10n/translation";

/** A manager's questions as cards; a bar is a button that opens the records behind it. */
export class Dashboard extends Component {
    static template = "gendan_followup.Dashboard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null, months: 3, company: null, board: null });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call("gendan.dashboard", "charts", [
            this.state.months,
            this.state.company,
            this.state.board,
        ]);
    }

    choose(values) {
        Object.assign(this.state, values);
        return this.load();
    }

    periodText(months) {
        return months === 1 ? _t("This month") : _t("%s months", months);
    }

    /** What a screen reader says of a row: its name and every figure. */
    rowText(row) {
        const bars = row.bars.map((bar) => `${bar.name} ${bar.text}`);
        return [row.label, ...bars, ...row.notes].join(", ");
    }

    hasFigures(row) {
        return row.bars.some((bar) => bar.value !== null && bar.value !== false);
    }

    openRow(card, row) {
        return this.open(card, `${card.title} ${row.label}`, row.domain, "list");
    }

    openAll(card) {
        return this.open(card, card.title, card.domain, "list");
    }

    open(card, name, domain, first) {
        const isReport = card.model.startsWith("gendan.report");
        const kinds = isReport ? [first, "pivot", "graph"] : [first, "form"];
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: card.model,
            domain,
            views: kinds.map((kind) => [false, kind]),
        });
    }
}

registry.category("actions").add("gendan_dashboard", Dashboard);
