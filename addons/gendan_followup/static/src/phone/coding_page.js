import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CheckPoints, photoUrl } from "./check_points";
import { phoneTiles } from "./phone_home";
import { shrinkPhoto } from "./shrink_photo";
import { QueuedPage } from "./work_page";

/** 打码: the required text in large letters against a photo of the first print (L-K2). */
export class CodingPage extends QueuedPage {
    static template = "gendan_followup.CodingPage";
    static components = { ...QueuedPage.components, CheckPoints };

    setup() {
        super.setup();
        this.state = useState({
            rows: [], row: null, sheet: null, answers: {}, online: true, waiting: 0, refused: [],
        });
    }

    get title() {
        return this.state.row ? this.state.row.notice : _t("Coding");
    }

    async load() {
        if (!this.badge.present) {
            return;
        }
        this.state.rows = await this.orm.silent
            .call("gendan.production.notice.line", "phone_coding", [])
            .catch(() => this.state.rows);
    }

    async choose(row) {
        this.state.sheet = await this.orm.call(
            "gendan.production.notice.line", "phone_open_coding", [[row.id]]
        );
        Object.assign(this.state, { row, answers: {}, refused: [] });
        const id = this.state.sheet.id;
        this.openQueue(`gendan.check.${id}`, (steps) =>
            this.orm.silent.call("gendan.check.sheet", "action_sync", [[id], steps])
        );
    }

    /** The required text stands above in large letters: it is not repeated at every point. */
    get points() {
        return this.state.sheet.points.map((point) => ({ ...point, expected: "" }));
    }

    /** The photos of the first print, to be compared with the required text. */
    get prints() {
        return this.state.sheet.points
            .map((point) => ({ point, url: photoUrl(point, this.state.answers[point.id]) }))
            .filter((print) => print.url);
    }

    async takePrint(ev) {
        const [file] = ev.target.files;
        if (file) {
            const points = this.state.sheet.points;
            const point = points.find((one) => one.wants_photo) || points[0];
            await this.answer(point, { photo: await shrinkPhoto(file) });
        }
    }

    answer(point, values) {
        this.state.answers[point.id] = { ...(this.state.answers[point.id] || {}), ...values };
        return this.note({ kind: "answer", point: point.id, values });
    }

    get isAnswered() {
        return this.state.sheet.points.every(
            (point) => (this.state.answers[point.id] || {}).result || point.result
        );
    }

    /** What the phone shows of the sheet is newer than what arrived. */
    arrived() {}

    note(step) {
        this.queue.push(step);
        return this.sync();
    }

    async close(kind) {
        if (await this.note({ kind })) {
            this.state.row = null;
            await this.load();
        }
    }

    back() {
        if (this.state.row) {
            this.state.row = null;
            return this.load();
        }
        return this.goHome();
    }
}

registry.category("actions").add("gendan_coding_page", CodingPage);
phoneTiles.add("coding", {
    label: _t("Coding"),
    icon: "fa-barcode",
    roles: ["packaging_keeper", "packaging", "qc"],
    action: "gendan_coding_page",
});
