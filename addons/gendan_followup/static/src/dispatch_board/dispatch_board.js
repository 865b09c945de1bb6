import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { hourText } from "../driver/trip_page";

const MODEL = "gendan.dispatch";
const { DateTime } = luxon;
const DAYS = 6;

/** 派车看板: vehicles down, days across; what needs a truck is put on one by a click (D8.1). */
export class DispatchBoard extends Component {
    static template = "gendan_followup.DispatchBoard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.hourText = hourText;
        this.state = useState({
            board: null,
            first: this.props.state?.first || false,
            picked: null,
            busy: false,
            over: "",
        });
        onWillStart(() => this.load());
        onWillUnmount(() => this.closeRefusal?.());
    }

    /** Say why not, and leave it standing until something else is tried. */
    refuse(error) {
        this.closeRefusal?.();
        this.closeRefusal = this.notification.add(error.data?.message || error.message, {
            type: "danger",
            sticky: true,
        });
    }

    async load() {
        const board = await this.orm.call(MODEL, "board", [this.state.first, DAYS]);
        this.cells = {};
        for (const trip of board.trips) {
            (this.cells[`${trip.row}/${trip.day}`] ||= []).push(trip);
        }
        this.state.board = board;
    }

    move(days) {
        const first = this.state.board.days[0].date;
        this.state.first = DateTime.fromISO(first).plus({ days }).toISODate();
        return this.load();
    }

    today() {
        this.state.first = false;
        return this.load();
    }

    cell(row, day) {
        return this.cells[`${row.key}/${day.date}`] || [];
    }

    dayText(day) {
        return DateTime.fromISO(day).toFormat("MM-dd ccc");
    }

    share(part, whole) {
        return whole ? Math.round((100 * part) / whole) : part ? 999 : 0;
    }

    shareClass(share) {
        return share > 100 ? "bg-danger" : share >= 85 ? "bg-success" : "bg-primary";
    }

    number(value, digits = 0) {
        return value.toLocaleString("en-US", { maximumFractionDigits: digits });
    }

    get picked() {
        return this.state.board.notices.find((notice) => notice.id === this.state.picked);
    }

    /** Whether the picked notice may be put down here: on its own day only. */
    isTarget(row, day) {
        return Boolean(
            this.picked && row.vehicle_id && day.date === this.picked.day && this.picked.left > 0
        );
    }

    pick(notice) {
        if (notice.left > 0 && notice.state !== "submitted") {
            this.state.picked = this.state.picked === notice.id ? null : notice.id;
        } else {
            this.openNotice(notice);
        }
    }

    drag(notice, ev) {
        this.state.picked = notice.id;
        ev.dataTransfer.effectAllowed = "move";
    }

    dragOver(row, day, ev) {
        if (this.isTarget(row, day)) {
            ev.preventDefault();
            this.state.over = row.key + day.date;
        }
    }

    drop(row, day) {
        this.state.over = "";
        if (this.isTarget(row, day)) {
            const planned = this.cell(row, day).find((trip) => trip.state === "draft");
            return this.place(row, planned);
        }
    }

    async place(row, trip) {
        if (this.state.busy || !this.picked) {
            return;
        }
        this.state.busy = true;
        this.closeRefusal?.();
        try {
            await this.orm.call(MODEL, "board_place", [this.picked.id], {
                vehicle_id: row.vehicle_id,
                dispatch_id: trip ? trip.id : false,
            });
            this.state.picked = null;
            await this.load();
        } catch (error) {
            this.refuse(error);
        } finally {
            this.state.busy = false;
        }
    }

    openRecord(model, id, context = {}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id || false,
            views: [[false, "form"]],
            context,
        });
    }

    openTrip(trip) {
        if (!this.picked) {
            return this.openRecord(MODEL, trip.id);
        }
    }

    openNotice(notice) {
        return this.openRecord("gendan.shipping.notice", notice.id);
    }

    newTrip(row, day) {
        return this.openRecord(MODEL, false, {
            default_day: day.date,
            default_vehicle_id: row.vehicle_id || false,
        });
    }

    async confirm(trip) {
        this.closeRefusal?.();
        try {
            await this.orm.call(MODEL, "action_confirm", [[trip.id]]);
        } catch (error) {
            this.refuse(error);
        }
        return this.load();
    }

    openList() {
        return this.action.doAction("gendan_followup.action_dispatch", {
            additionalContext: { search_default_open: 1 },
        });
    }

    remindText() {
        return hourText(this.state.board.remind_at);
    }

    stateText(state) {
        return {
            draft: _t("Planned"),
            confirmed: _t("Confirmed"),
            out: _t("On the road"),
            done: _t("Back"),
        }[state];
    }
}

registry.category("actions").add("gendan_dispatch_board", DispatchBoard);
