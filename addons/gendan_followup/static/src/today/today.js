import { Component, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const MODEL = "gendan.today";
export const PAGE = 40;

/** What the delivery date says: the day, and how many days are left or over. */
export function daysText(days) {
    if (days === null || days === undefined) {
        return "";
    }
    if (days === 0) {
        return _t("today");
    }
    return days > 0 ? _t("%s days left", days) : _t("%s days late", -days);
}

/** 今日: orders by who must act now, their lights, and the next action as a button (D4.1). */
export class Today extends Component {
    static template = "gendan_followup.Today";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.daysText = daysText;
        this.state = useState({
            board: null,
            tab: "all",
            search: "",
            kind: "",
            offset: 0,
            active: 0,
            light: null,
            busy: false,
        });
        this.searchSoon = useDebounced(() => this.show({}), 300);
        useExternalListener(window, "keydown", (ev) => this.onKey(ev));
        onWillStart(() => this.load());
    }

    get tabs() {
        return [
            ["me", _t("Waits for me")],
            ["others", _t("Waits for others")],
            ["risk", _t("At risk")],
            ["all", _t("All")],
        ];
    }

    get pageEnd() {
        return Math.min(this.state.offset + PAGE, this.state.board.total);
    }

    get title() {
        return formatDate(deserializeDate(this.state.board.today), { format: "MM-dd ccc" });
    }

    async load() {
        const { tab, search, kind, offset } = this.state;
        const options = { tab, search, kind, offset, limit: PAGE };
        this.state.board = await this.orm.call(MODEL, "board", [], options);
        this.state.active = Math.min(
            this.state.active,
            Math.max(this.state.board.rows.length - 1, 0)
        );
        this.state.light = null;
    }

    show(change) {
        Object.assign(this.state, { offset: 0, active: 0 }, change);
        return this.load();
    }

    turn(pages) {
        return this.show({ offset: Math.max(this.state.offset + pages * PAGE, 0) });
    }

    /** What an empty tab means, and what would bring an order here. */
    get emptyText() {
        const { tab, search, kind, board } = this.state;
        if (search || kind) {
            return _t("No order fits what you searched for.");
        }
        if (board.counts.all) {
            return tab === "me"
                ? _t("All %s open orders wait for others.", board.counts.all)
                : _t("Look at the other tabs: %s orders are open.", board.counts.all);
        }
        return _t("An order appears here as soon as its salesperson submits it.");
    }

    isFirstOfGroup(row, index) {
        return index === 0 || this.state.board.rows[index - 1].group !== row.group;
    }

    openRecord(model, id, view = false, context = {}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[view, "form"]],
            context,
        });
    }

    /** On a phone the first tap says what is missing; the button in it opens the record. */
    tapLight(row, light) {
        const key = `${row.id}-${light.key}`;
        this.state.light = this.state.light === key ? null : key;
    }

    async act(row) {
        const { kind, model, id, method, domain, label, view, context } = row.action;
        if (kind === "open") {
            return this.openRecord(model, id, view, context);
        }
        if (kind === "list") {
            return this.action.doAction({
                type: "ir.actions.act_window",
                name: `${row.name} ${label}`,
                res_model: model,
                domain,
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            });
        }
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            if (kind === "nudge") {
                const names = await this.orm.call(MODEL, "nudge", [row.id]);
                this.notification.add(_t("Reminded: %s", names), { type: "success" });
            } else {
                await this.orm.call(model, method, [[id]]);
                await this.load();
            }
        } finally {
            this.state.busy = false;
        }
    }

    /** A marked order stands above the others (D9.1). */
    async flag(row) {
        await this.orm.call("sale.order", "action_flag", [[row.id]]);
        await this.load();
    }

    /** Whoever walks on leaves the button he clicked: Enter is for the order now. */
    showActive() {
        const row = this.root.el?.querySelectorAll(".o_gendan_today_row")[this.state.active];
        row?.focus({ preventScroll: true });
        row?.scrollIntoView({ block: "nearest" });
    }

    /** j and k walk, Enter opens, a does the next action; typing in a field stays typing. */
    onKey(ev) {
        const rows = this.state.board?.rows || [];
        const typing = ev.target.closest?.("input, textarea, select, [contenteditable=true]");
        const elsewhere = document.querySelector(".modal, .o_command_palette");
        if (typing || elsewhere || ev.ctrlKey || ev.altKey || ev.metaKey || !rows.length) {
            return;
        }
        const row = rows[this.state.active];
        if (ev.key === "j" || ev.key === "k") {
            const step = ev.key === "j" ? 1 : -1;
            this.state.active = Math.min(
                Math.max(this.state.active + step, 0),
                rows.length - 1
            );
            this.showActive();
        } else if (ev.key === "Enter" && !ev.target.closest?.("button, a")) {
            this.openRecord("sale.order", row.id);
        } else if (ev.key === "a") {
            this.act(row);
        } else {
            return;
        }
        ev.preventDefault();
    }
}

registry.category("actions").add("gendan_today", Today);
