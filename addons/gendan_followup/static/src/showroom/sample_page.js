import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { _t } from "@web/core/l10n/translation";

const MODEL = "gendan.sample.request";

/** 样品申请: picture, quantity, day, purpose, done; then the dots of one's own requests (D9.4). */
export class SamplePage extends Component {
    static template = "gendan_followup.SamplePage";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ data: null, search: "", chosen: null, sending: false });
        this.searchSoon = useDebounced(() => this.load(), 300);
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call(MODEL, "page_data", [this.state.search]);
    }

    choose(product) {
        this.state.chosen = {
            product,
            quantity: product.pieces,
            date: this.state.data.dates[1].date,
            purpose: this.state.data.purposes[0][0],
            remark: "",
        };
    }

    step(packs) {
        const chosen = this.state.chosen;
        chosen.quantity = Math.max(chosen.quantity + packs * chosen.product.pieces, 1);
    }

    type(value) {
        this.state.chosen.quantity = Math.max(parseInt(value, 10) || 1, 1);
    }

    get packs() {
        const { quantity, product } = this.state.chosen;
        return Math.ceil(quantity / product.pieces);
    }

    get isTooMany() {
        const limit = this.state.data.limit;
        return limit > 0 && this.state.chosen.quantity > limit;
    }

    async send() {
        const { product, quantity, date, purpose, remark } = this.state.chosen;
        this.state.sending = true;
        try {
            await this.orm.call(MODEL, "page_request", [
                {
                    product_id: product.id,
                    quantity,
                    wanted_date: date,
                    purpose,
                    remark,
                    showroom_id: this.state.data.showroom.id,
                },
            ]);
            this.notification.add(_t("Asked for. The merchandiser knows."), { type: "success" });
            this.state.chosen = null;
            await this.load();
        } finally {
            this.state.sending = false;
        }
    }

    async receive(request) {
        await this.orm.call(MODEL, "action_receive_all", [[request.id]]);
        this.notification.add(_t("Signed for"), { type: "success" });
        await this.load();
    }

    receivePart(request) {
        return this.action.doAction("gendan_followup.action_sample_step", {
            additionalContext: { active_id: request.id, default_step: "receive" },
            onClose: () => this.load(),
        });
    }

    open(request) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: request.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("gendan_sample_page", SamplePage);
