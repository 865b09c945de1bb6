import { useState } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CheckPoints } from "./check_points";
import { LIGHTS, scanMachine } from "./machines";
import { phoneTiles } from "./phone_home";
import { QueuedPage } from "./work_page";

const PHOTOS = [
    { name: "sample_photo", label: _t("Sample") },
    { name: "bag_photo", label: _t("In its bag") },
    { name: "code_photo", label: _t("Printed code") },
];

/** 首件: trial, photos, weight and ticks at the machine, then off to the salesperson (D5.1, D5.2). */
export class ArticlePage extends QueuedPage {
    static template = "gendan_followup.ArticlePage";
    static components = { ...QueuedPage.components, CheckPoints };

    setup() {
        super.setup();
        this.canScan = isBarcodeScannerSupported();
        this.lights = LIGHTS;
        this.photos = PHOTOS;
        this.state = useState({
            machines: [], machine: null, article: null, answers: {}, values: {}, made: "", sent: "",
            busy: false, online: true, waiting: 0, refused: [],
        });
    }

    get title() {
        const { article, machine } = this.state;
        return article ? article.machine : (machine && machine.name) || _t("First article").toString();
    }

    /** What still waits for a first article, machine by machine. */
    get works() {
        const machines = this.state.machine ? [this.state.machine] : this.state.machines;
        return machines.flatMap((machine) =>
            machine.works
                .filter((work) => work.light !== "go")
                .map((work) => ({ ...work, machine }))
        );
    }

    async load() {
        if (!this.badge.present) {
            return;
        }
        try {
            this.state.machines = await this.orm.silent.call("mrp.workcenter", "phone_machines", []);
            this.state.online = true;
        } catch {
            this.state.online = false;
        }
        const { line, machine } = this.props.action.params || {};
        if (line && !this.state.article && !this.state.sent) {
            await this.open(line, machine);
        }
    }

    async scan() {
        this.state.machine = (await scanMachine(this.env, this.state.machines)) || null;
        if (this.works.length === 1) {
            const [work] = this.works;
            await this.open(work.line, work.machine.id);
        }
    }

    async open(line, machine) {
        this.show(await this.orm.call("gendan.first.article", "phone_open", [line, machine]));
    }

    show(article) {
        const same = this.state.article && this.state.article.id === article.id;
        Object.assign(this.state, {
            article, refused: [],
            answers: same ? this.state.answers : {},
            values: same ? this.state.values : {},
            made: this.state.made || String(article.trial_quantity),
        });
        this.openQueue(`gendan.article.${article.id}`, (steps) =>
            this.orm.silent.call("gendan.first.article", "action_sync", [[article.id], steps])
        );
    }

    /** What the phone shows of the sheet is newer than what arrived. */
    arrived() {}

    async note(step) {
        this.state.refused = [];
        this.queue.push(step);
        return this.sync();
    }

    /** A step that changes what is to be done next. */
    async step(kind, values = {}) {
        this.state.busy = true;
        if (await this.note({ kind, ...values })) {
            this.show(
                await this.orm.call("gendan.first.article", "phone_article", [[this.state.article.id]])
            );
        }
        this.state.busy = false;
    }

    answer(point, values) {
        this.state.answers[point.id] = { ...(this.state.answers[point.id] || {}), ...values };
        return this.note({ kind: "answer", point: point.id, values });
    }

    value(name) {
        return this.state.values[name] ?? this.state.article[name];
    }

    fill(name, value) {
        this.state.values[name] = value;
        return this.note({ kind: "fill", values: { [name]: value } });
    }

    fillQuantity(ev) {
        return this.fill("sample_quantity", Number(ev.target.value));
    }

    made() {
        return this.step("made", { quantity: Number(this.state.made) });
    }

    photoOf(name) {
        const taken = this.state.values[name];
        return taken ? `data:image/jpeg;base64,${taken}` : this.state.article.photos[name];
    }

    keepPhoto(image, name) {
        return this.fill(name, image);
    }

    get isSampleReady() {
        const { article } = this.state;
        return !article.wants_trial || article.trial === "done";
    }

    get canSend() {
        return (
            this.isSampleReady && this.photoOf("sample_photo") && this.value("operator_id")
            && Number(this.value("sample_quantity")) > 0
        );
    }

    async send() {
        const { article } = this.state;
        this.state.busy = true;
        if (await this.note({ kind: "send" })) {
            Object.assign(this.state, { article: null, sent: article.decider, made: "" });
            await this.load();
        }
        this.state.busy = false;
    }

    back() {
        const { line, machine } = this.props.action.params || {};
        if (line) {
            return this.goTo("gendan_machine_page", { machine });
        }
        if (this.state.article || this.state.machine) {
            Object.assign(this.state, { article: null, machine: null, made: "" });
            return this.load();
        }
        return this.goHome();
    }
}

registry.category("actions").add("gendan_article_page", ArticlePage);
phoneTiles.add("article", {
    label: _t("First article"),
    icon: "fa-star-o",
    roles: ["merchandiser"],
    own: true,
    action: "gendan_article_page",
}, { sequence: 5 });
