import { Component, onWillStart, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { CheckPoints } from "./check_points";
import { phoneTiles } from "./phone_home";
import { PhonePage } from "./phone_page";
import { PhoneQueue } from "./phone_queue";

const SEEN = "gendan.deliveries";
const RETRY = 5000;

/** The keeper checks a delivery in: pick it, look at the points, receive (X11, L-R2, L-K1). */
export class ReceiptPage extends Component {
    static template = "gendan_followup.ReceiptPage";
    static components = { PhonePage, CheckPoints };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.badge = useService("gendan_badge");
        this.holder = useState(this.badge.state);
        this.state = useState({
            deliveries: [], chosen: null, lot: "", quantity: 0, answers: {}, asked: false,
            online: true, waiting: 0, refused: [], done: "",
        });
        this.queue = new PhoneQueue(
            "gendan.receipts",
            (steps) => this.send(steps),
            () => this.badge.stamp()
        );
        onWillStart(async () => {
            await this.badge.load();
        });
        // whoever takes the phone over sees his own deliveries
        useEffect(() => void this.load(), () => [this.holder.name]);
        const timer = browser.setInterval(() => this.queue.steps.length && this.sync(), RETRY);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get title() {
        return this.state.chosen ? this.state.chosen.product : _t("Deliveries");
    }

    async load() {
        this.state.waiting = this.queue.steps.length;
        if (!this.badge.present) {
            return;
        }
        try {
            this.state.deliveries = await this.orm.silent.call(
                "stock.picking", "phone_deliveries", []
            );
            browser.localStorage.setItem(SEEN, JSON.stringify(this.state.deliveries));
            this.state.online = true;
        } catch {
            this.state.deliveries = JSON.parse(browser.localStorage.getItem(SEEN) || "[]");
            this.state.online = false;
        }
    }

    /** Steps of several deliveries, each to its own. */
    async send(steps) {
        const results = {};
        for (const step of steps) {
            const answer = await this.orm.silent.call("stock.picking", "action_sync", [
                [step.picking],
                [step],
            ]);
            Object.assign(results, answer);
        }
        return results;
    }

    async sync() {
        const { online, refused } = await this.queue.flush();
        this.state.online = online;
        this.state.refused = refused.length ? refused : this.state.refused;
        this.state.waiting = this.queue.steps.length;
        if (online) {
            await this.load();
        }
        return online && !refused.length;
    }

    choose(delivery) {
        Object.assign(this.state, {
            chosen: delivery, lot: "", quantity: delivery.quantity, answers: {}, asked: false,
            done: "", refused: [],
        });
    }

    answer(point, values) {
        this.state.answers[point.id] = { ...(this.state.answers[point.id] || {}), ...values };
    }

    get isAnswered() {
        return this.state.chosen.points.every((point) => (this.state.answers[point.id] || {}).result);
    }

    get canReceive() {
        return (!this.state.chosen.tracked || this.state.lot.trim()) && this.state.quantity > 0;
    }

    async receive(skip) {
        const { chosen, lot, quantity, answers } = this.state;
        this.queue.push({
            kind: "receive", picking: chosen.picking, move: chosen.move, lot,
            quantity: parseFloat(quantity), answers, skip,
        });
        this.state.deliveries = this.state.deliveries.filter((one) => one.move !== chosen.move);
        this.state.chosen = null;
        if (await this.sync()) {
            this.state.done = chosen.product;
        }
    }

    back() {
        if (this.state.chosen) {
            this.state.chosen = null;
        } else {
            this.action.doAction({ type: "ir.actions.client", tag: "gendan_phone_home" });
        }
    }
}

registry.category("actions").add("gendan_receipt_page", ReceiptPage);
phoneTiles.add("receipts", {
    label: _t("Check in deliveries"),
    icon: "fa-truck",
    roles: ["raw_keeper", "packaging_keeper", "qc"],
    action: "gendan_receipt_page",
    count: async (orm) =>
        (await orm.silent.call("stock.picking", "phone_deliveries", [])).length,
});
