import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";
import { CheckPoints } from "./check_points";
import { PhoneQueue, RETRY } from "./phone_queue";

/**
 * One check sheet on the phone: its points, [checked], and grey [not checked] (X13).
 *
 * Props: `sheet` as `phone_state` returns it, `done(sheet, kind)` when it is closed, and
 * `net({online, waiting, refused})` for the frame of the page.
 */
export class SheetFiller extends Component {
    static template = "gendan_followup.SheetFiller";
    static components = { CheckPoints };
    static props = { sheet: Object, done: Function, net: Function };

    setup() {
        this.orm = useService("orm");
        this.badge = useService("gendan_badge");
        this.state = useState({ answers: {}, closing: false });
        const id = this.props.sheet.id;
        this.queue = new PhoneQueue(
            `gendan.check.${id}`,
            (steps) => this.orm.silent.call("gendan.check.sheet", "action_sync", [[id], steps]),
            () => this.badge.stamp()
        );
        const timer = browser.setInterval(() => this.queue.steps.length && this.sync(), RETRY);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    answer(point, values) {
        this.state.answers[point.id] = { ...(this.state.answers[point.id] || {}), ...values };
        return this.note({ kind: "answer", point: point.id, values });
    }

    isDone(point) {
        const given = this.state.answers[point.id] || {};
        return Boolean(given.result || point.result || given.tried_count || point.tried
            || given.measured_value !== undefined && point.limits);
    }

    get isAnswered() {
        return this.props.sheet.points.every((point) => this.isDone(point));
    }

    async sync() {
        const { online, refused } = await this.queue.flush();
        this.props.net({ online, waiting: this.queue.steps.length, refused });
        return online && !refused.length;
    }

    note(step) {
        this.queue.push(step);
        return this.sync();
    }

    async close(kind) {
        this.state.closing = true;
        const arrived = await this.note({ kind });
        this.state.closing = false;
        if (arrived) {
            await this.props.done(this.props.sheet, kind);
        }
    }
}
