import { useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CheckPoints } from "./check_points";
import { phoneTiles } from "./phone_home";
import { QueuedPage } from "./work_page";

const SEEN = "gendan.deliveries";

/** The keeper checks a delivery in: pick it, look at the points, receive (X11, L-R2, L-K1). */
export class ReceiptPage extends QueuedPage {
    static template = "gendan_followup.ReceiptPage";
    static components = { ...QueuedPage.components, CheckPoints };

    setup() {
        super.setup();
        this.state = useState({
            deliveries: [], chosen: null, lot: "", quantity: 0, answers: {}, asked: false,
            online: true, waiting: 0, refused: [], done: "",
        });
        this.openQueue("gendan.receipts", (steps) =>
            this.sendEach("stock.picking", steps, (step) => step.picking)
        );
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
            this.goHome();
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
