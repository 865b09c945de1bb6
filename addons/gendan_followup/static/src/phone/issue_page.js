import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { QueuedPage } from "./work_page";

/** 发料: what the notice names, from which lot, how much; red where nobody looked (L-R1, L-K4). */
export class IssuePage extends QueuedPage {
    static template = "gendan_followup.IssuePage";

    setup() {
        super.setup();
        this.state = useState({
            rows: [], row: null, lot: false, quantity: 0, done: "",
            online: true, waiting: 0, refused: [],
        });
        this.openQueue("gendan.issues", (steps) =>
            this.sendEach("gendan.material.issue", steps, () => false)
        );
    }

    get title() {
        return this.state.row ? this.state.row.notice : _t("Hand out");
    }

    async read() {
        this.state.rows = await this.orm.silent.call(
            "gendan.material.issue", "phone_to_issue", []
        );
    }

    choose(row) {
        Object.assign(this.state, {
            row, lot: false, quantity: row.quantity, done: "", refused: [],
        });
        if (row.lots.length === 1) {
            this.take(row.lots[0]);
        }
    }

    /** From this lot: what is needed, and no more than lies there. */
    take(lot) {
        this.state.lot = lot.id;
        this.state.quantity = Math.min(this.state.row.quantity, lot.quantity);
    }

    get canIssue() {
        return this.state.quantity > 0 && (!this.state.row.tracked || this.state.lot);
    }

    async issue() {
        const { row, lot, quantity } = this.state;
        this.queue.push({
            kind: "hand_out", line: row.line, product: row.product_id, lot,
            quantity: parseFloat(quantity),
        });
        this.state.row = null;
        if (await this.sync()) {
            this.state.done = row.product;
        }
    }

    back() {
        if (this.state.row) {
            this.state.row = null;
        } else {
            this.goHome();
        }
    }
}

registry.category("actions").add("gendan_issue_page", IssuePage);
phoneTiles.add("issues", {
    label: _t("Hand out"),
    icon: "fa-share-square-o",
    roles: ["raw_keeper", "packaging_keeper"],
    action: "gendan_issue_page",
});
