import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { hoursAndMinutes, layBars } from "./bars";
import { TimelineView } from "@web_timeline/views/timeline/timeline_view.esm";

const { DateTime } = luxon;
// hours of a column that a bar takes at least, or nobody could get hold of it
const SHORTEST = 9;
// between a bar and the next: they share a row
const GAP = 0.4;
const WEEK = { days: 7 };
const DAY = 24 * 3600 * 1000;
const COLORS = { green: "#c6e9cf", amber: "#ffe2a8", red: "#f8c6c6" };

/**
 * What changes and who hears of it, in sentences, under the bars.
 */
export class PlanNotes extends Component {
    static template = "gendan_followup.PlanNotes";
    static props = { revisionId: Number, data: { optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ notes: null });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        this.state.notes = await this.orm.call("gendan.plan.revision", "timeline_notes", [
            [this.props.revisionId],
        ]);
    }

    get changes() {
        return (this.state.notes?.changes || "").split("\n").filter(Boolean);
    }

    get told() {
        return (this.state.notes?.told || "").split("\n").filter(Boolean);
    }

    open() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "gendan.plan.revision",
            res_id: this.props.revisionId,
            views: [[false, "form"]],
        });
    }
}

function make(timeline) {
    class PlanModel extends timeline.Model {
        /**
         * A day is a column: its bar is as long as its share of the machine's hours. What is
         * planned beyond them stays in its column, which is red then: it is not on the next day.
         */
        _event_data_transform(record) {
            const day = DateTime.fromISO(record.day);
            const bar = this.bars?.get(record.id) || layBars([record], []).get(record.id);
            const offset = Math.min(24 * bar.start, 24 - SHORTEST);
            const room = 24 - offset - GAP;
            const width = Math.max(Math.min(24 * bar.width - GAP, room), SHORTEST - GAP);
            const start = day.plus({ hours: offset });
            const [hours, minutes] = hoursAndMinutes(record.hours);
            record.quantity_text = record.quantity.toLocaleString("en-US");
            record.hours_text = _t("%(hours)s h %(minutes)s min", { hours, minutes });
            return {
                id: record.id,
                group: record.workcenter_id ? record.workcenter_id[0] : -1,
                start: start.toJSDate(),
                end: start.plus({ hours: width }).toJSDate(),
                content: this._render_timeline_item(record),
                title: this._title_of(record),
                className: `o_gendan_bar o_gendan_bar_${record.state}`,
                style: `background-color: ${COLORS[record.readiness] || "#e7e9ed"};`,
                editable: record.can_drag
                    ? { updateTime: true, updateGroup: true, remove: false }
                    : false,
                evt: { ...record, bar_from: start.toMillis() },
            };
        }

        /** What a narrow bar has no room for; vis shows it as it is written. */
        _title_of(record) {
            return [
                record.product_id[1],
                `${record.quantity_text} · ${record.hours_text}`,
                record.notice_id[1],
                record.parts_text,
                record.readiness_text,
            ]
                .filter(Boolean)
                .join("\n");
        }
    }

    class PlanRenderer extends timeline.Renderer {
        static template = "gendan_followup.PlanTimelineRenderer";
        static components = { ...timeline.Renderer.components, PlanNotes };

        setup() {
            super.setup();
            // the middle of what is seen
            this.seen = useState({ at: 0 });
        }

        get plan() {
            const context = this.env.searchModel?.context || {};
            const monday = DateTime.now().startOf("week");
            return {
                revisionId: context.plan_revision_id || false,
                first: context.plan_first || monday.toISODate(),
                last: context.plan_last || monday.plus({ days: 13 }).toISODate(),
                isDraft: Boolean(context.plan_draft),
            };
        }

        _computeMode() {
            const first = DateTime.fromISO(this.plan.first);
            // a phone has room for two days: today and the next
            const today = DateTime.now().startOf("day");
            const seen = this.env.isSmall && today > first ? today : first;
            this.mode.data = "week";
            Object.assign(this.options, {
                start: seen.toJSDate(),
                end: seen.plus(this.span).toJSDate(),
                min: first.minus({ days: 1 }).toJSDate(),
                max: DateTime.fromISO(this.plan.last).plus({ days: 2 }).toJSDate(),
                zoomMin: DAY * (this.env.isSmall ? 1 : 3),
                timeAxis: { scale: "day", step: 1 },
                orientation: { axis: "top", item: "top" },
                stack: true,
                multiselect: false,
                // the hours of the cell stand below its bars
                margin: { axis: 4, item: { horizontal: 2, vertical: 40 } },
                itemsAlwaysDraggable: { item: true, range: true },
                locale: "gendan",
                locales: { gendan: { current: "", time: "", deleteSelected: "" } },
                format: {
                    minorLabels: (date) =>
                        DateTime.fromJSDate(date.toDate()).toFormat("MM-dd ccc"),
                    majorLabels: (date) => DateTime.fromJSDate(date.toDate()).toFormat("yyyy-MM"),
                },
                // it falls into a day when it is dropped: see _onMove
                snap: (date) => date,
            });
        }

        init_timeline() {
            super.init_timeline();
            this.noteSeen(this.timeline.getWindow());
            this.timeline.on("rangechanged", (seen) => this.noteSeen(seen));
        }

        noteSeen({ start, end }) {
            this.seen.at = (start.getTime() + end.getTime()) / 2;
        }

        /** Whether this week of the board is the one that is seen. */
        isSeen({ day }) {
            return this.seen.at >= day.toMillis() && this.seen.at < day.plus(WEEK).toMillis();
        }

        /** As high as its machines, so that what changes stands right below. */
        on_attach_callback() {}

        async split_groups() {
            const { revisionId, first, last } = this.plan;
            this.board = await this.orm.call("gendan.plan.line", "timeline_board", [
                first,
                last,
                revisionId,
            ]);
            return this.board.machines.map((machine, order) => ({
                id: machine.id,
                content: machine.name,
                order,
            }));
        }

        /** All machines are rows, and every cell shows its hours against the calendar. */
        async on_data_loaded(records) {
            const groups = await this.split_groups();
            this.model.bars = layBars(records, this.board.cells);
            const items = records.map((record) => this.model._event_data_transform(record));
            for (const cell of this.board.cells) {
                const day = DateTime.fromISO(cell.day);
                const load = cell.available ? cell.planned / cell.available : 0;
                const level = !cell.available
                    ? "off"
                    : load > 1.001
                      ? "over"
                      : load > 0
                        ? "used"
                        : "free";
                items.push({
                    id: `cell-${cell.machine}-${cell.day}`,
                    group: cell.machine,
                    type: "background",
                    start: day.toJSDate(),
                    end: day.plus({ days: 1 }).toJSDate(),
                    className: `o_gendan_cell o_gendan_cell_${level}`,
                    content:
                        level === "off"
                            ? ""
                            : `${+cell.planned.toFixed(1)} / ${+cell.available.toFixed(1)} h`,
                });
            }
            this.timeline.setGroups(groups);
            this.timeline.setItems(items);
        }

        /** The weeks of the board: one is seen at a time. */
        get weeks() {
            const last = DateTime.fromISO(this.plan.last);
            const weeks = [];
            for (let day = DateTime.fromISO(this.plan.first); day <= last; day = day.plus(WEEK)) {
                const end = day.plus({ days: 6 });
                weeks.push({ day, label: `${day.toFormat("MM-dd")} – ${end.toFormat("MM-dd")}` });
            }
            return weeks;
        }

        /** How much is seen at a time. */
        get span() {
            return this.env.isSmall ? { days: 2 } : WEEK;
        }

        showWeek(day) {
            this.timeline.setWindow(day.toJSDate(), day.plus(this.span).toJSDate());
        }

        get legend() {
            return [
                ["green", _t("Ready")],
                ["amber", _t("Promised")],
                ["red", _t("Not ready")],
            ].map(([key, label]) => ({ key, label, color: COLORS[key] }));
        }
    }
    PlanRenderer.props = { ...timeline.Renderer.props };

    class PlanController extends timeline.Controller {
        /**
         * What the server is told is machine and day; it answers with what may be. The day
         * is as many columns away as the bar was drawn, wherever in its column it began.
         */
        _onMove(item, callback) {
            const columns = Math.round((item.start.getTime() - item.evt.bar_from) / DAY);
            const day = DateTime.fromISO(item.evt.day).plus({ days: columns });
            this.moveQueue.push({
                id: item.id,
                item,
                callback,
                data: {
                    day: day.toISODate(),
                    workcenter_id: item.group,
                },
            });
            this.debouncedInternalMove();
        }

        async internalMove() {
            try {
                await super.internalMove();
            } catch (error) {
                // refused: the bar goes back where it was, the reason is shown
                this.moveQueue = [];
                await this.model.load(this.getSearchProps());
                this.render();
                throw error;
            }
        }
    }

    return {
        ...timeline,
        Model: PlanModel,
        Renderer: PlanRenderer,
        Controller: PlanController,
    };
}

registry.category("views").add("gendan_plan_timeline", make(TimelineView));
