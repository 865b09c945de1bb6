import { useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { WorkPage } from "./work_page";

const WIDEST = 1200;

/** 首件确认: the order on one side, what came out of the machine on the other, two buttons (D5.3). */
export class DecisionPage extends WorkPage {
    static template = "gendan_followup.DecisionPage";

    setup() {
        super.setup();
        this.canvas = useRef("canvas");
        this.state = useState({
            rows: null, article: null, shown: 0, rejecting: false, reason: "", marks: 0, done: "",
            busy: false,
        });
        useEffect(
            () => void (this.state.rejecting && this.draw()),
            () => [this.state.rejecting, this.state.shown]
        );
    }

    get title() {
        return (this.state.article ? this.state.article.name : _t("First articles to decide")).toString();
    }

    async load() {
        if (this.badge.present) {
            this.state.rows = await this.orm.call("gendan.first.article", "phone_decisions", []);
            const { active_id: id } = this.props.action.context || {};
            if (id && !this.state.article && !this.state.done) {
                await this.open({ id });
            }
        }
    }

    async open(row) {
        const article = await this.orm.call("gendan.first.article", "phone_decision", [[row.id]]);
        Object.assign(this.state, { article, shown: 0, rejecting: false, reason: "", done: "" });
    }

    get photos() {
        const { photos } = this.state.article;
        return [
            { label: _t("Sample"), source: photos.sample_photo },
            { label: _t("In its bag"), source: photos.bag_photo },
            { label: _t("Printed code"), source: photos.code_photo },
        ].filter((photo) => photo.source);
    }

    get photo() {
        return this.photos[this.state.shown];
    }

    /** Swipe to the next photo, or back. */
    scrolled(ev) {
        const { scrollLeft, clientWidth } = ev.target;
        this.state.shown = Math.min(Math.round(scrollLeft / clientWidth), this.photos.length - 1);
    }

    // -------------------------------------------------------------- marking

    async draw() {
        const canvas = this.canvas.el;
        if (!canvas || !this.photo) {
            return;
        }
        const image = new Image();
        image.src = this.photo.source;
        await image.decode().catch(() => {});
        const scale = Math.min(1, WIDEST / Math.max(image.width, image.height, 1));
        canvas.width = Math.round(image.width * scale);
        canvas.height = Math.round(image.height * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        this.state.marks = 0;
    }

    mark(ev) {
        const canvas = this.canvas.el;
        const box = canvas.getBoundingClientRect();
        const context = canvas.getContext("2d");
        context.strokeStyle = "red";
        context.lineWidth = Math.max(4, canvas.width / 80);
        context.beginPath();
        context.arc(
            ((ev.clientX - box.left) * canvas.width) / box.width,
            ((ev.clientY - box.top) * canvas.height) / box.height,
            canvas.width / 10, 0, 2 * Math.PI
        );
        context.stroke();
        this.state.marks += 1;
    }

    get marked() {
        const canvas = this.canvas.el;
        return canvas && this.state.marks ? canvas.toDataURL("image/jpeg", 0.7).split(",")[1] : false;
    }

    // ------------------------------------------------------------- decision

    async decide(method, args, done) {
        const { id, machine } = this.state.article;
        this.state.busy = true;
        try {
            await this.orm.call("gendan.first.article", method, [[id], ...args]);
        } finally {
            this.state.busy = false;
        }
        Object.assign(this.state, { article: null, done: `${machine}: ${done}` });
        await this.load();
    }

    accept() {
        return this.decide("action_accept", [], _t("may run"));
    }

    reject() {
        return this.decide("action_reject", [this.state.reason, this.marked], _t("rejected"));
    }

    countersign() {
        return this.decide("action_countersign", [], _t("countersigned"));
    }

    back() {
        if (this.state.rejecting) {
            this.state.rejecting = false;
            return undefined;
        }
        if (this.state.article) {
            this.state.article = null;
            return this.load();
        }
        return this.goHome();
    }
}

registry.category("actions").add("gendan_decision_page", DecisionPage);
phoneTiles.add("decisions", {
    label: _t("First articles to decide"),
    icon: "fa-check-square-o",
    roles: ["salesperson", "showroom", "sales_manager", "plan_manager"],
    own: true,
    action: "gendan_decision_page",
    count: async (orm) =>
        (await orm.silent.call("gendan.first.article", "phone_decisions", [])).length,
}, { sequence: 5 });
