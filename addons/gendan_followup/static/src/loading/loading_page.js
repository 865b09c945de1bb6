import { useState } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { QueuedPage } from "../phone/work_page";

export const CONTAINER_NUMBER = /^[A-Z]{3}[UJZ][0-9]{7}$/;

/** The page beside the container: head, photos, ticks and the own count (D6.1–D6.4, X11). */
export class LoadingPage extends QueuedPage {
    static template = "gendan_followup.LoadingPage";

    setup() {
        super.setup();
        const { params, context } = this.props.action;
        this.reportId = params?.report_id || context?.active_id;
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({
            report: null, online: true, waiting: 0, refused: [], counts: {}, typed: {},
            busy: false,
            carton: { code: "", right: "", wrong: "" },
        });
        this.openQueue(`gendan.loading.${this.reportId}`, (steps) =>
            this.orm.silent.call("gendan.loading.report", "action_sync", [[this.reportId], steps])
        );
    }

    get title() {
        const { report } = this.state;
        return report ? `${report.name} ${report.container}` : _t("To load").toString();
    }

    /** What one person has counted is nobody else's to see, on a shared phone either. */
    get cacheKey() {
        return `gendan.loading.${this.reportId}.seen.${this.holder.name}`;
    }

    get stages() {
        const all = [
            ["empty", _t("Empty")],
            ["half", _t("Half full")],
            ["full", _t("Full")],
            ["door", _t("Door closed")],
            ["seal", _t("Seal")],
        ];
        return this.state.report.container ? all : all.filter(([stage]) => stage === "full");
    }

    get checks() {
        return [
            ["check_clean", _t("Clean")],
            ["check_dry", _t("Dry")],
            ["check_holes", _t("No holes")],
            ["check_doors", _t("Doors close")],
            ["check_smell", _t("No smell")],
        ];
    }

    get ticks() {
        return [
            ["product_ok", _t("Product")],
            ["mark_ok", _t("Mark")],
            ["lot_ok", _t("Lot")],
        ];
    }

    get isSupervisor() {
        return this.state.report.sides.includes("merchandiser");
    }

    get isRunning() {
        return this.state.report.state === "running";
    }

    /** Whether this person counts now: one of the two who do, and not both counts are in. */
    get isCounting() {
        const { report } = this.state;
        return this.isRunning && report.sides.length > 0 && !report.revealed;
    }

    get isContainerWrong() {
        const number = this.headOf("container_no");
        return Boolean(number) && !CONTAINER_NUMBER.test(number.replace(/[\s\-/]/g, "").toUpperCase());
    }

    isEqual(line) {
        return line.merchandiser_count === line.keeper_count && line.keeper_count === line.cartons;
    }

    get isDifferent() {
        const { report } = this.state;
        return report.revealed && !report.lines.every((line) => this.isEqual(line));
    }

    /** Read the report, and show on top of it what still waits to be sent. */
    async load() {
        if (this.shownTo !== this.holder.name) {
            Object.assign(this.state, { report: null, counts: {}, typed: {}, refused: [] });
            this.shownTo = this.holder.name;
        }
        await super.load();
        if (!this.state.report && !this.state.online) {
            this.present(JSON.parse(browser.localStorage.getItem(this.cacheKey) || "null"));
        }
    }

    async read() {
        const report = await this.orm.silent.call("gendan.loading.report", "phone_state", [
            [this.reportId],
        ]);
        browser.localStorage.setItem(this.cacheKey, JSON.stringify(report));
        this.present(report);
    }

    present(report) {
        this.state.report = report;
        if (report) {
            this.queue.steps
                .filter((step) => (step.token || null) === this.holder.token)
                .forEach((step) => this.show(step));
        }
    }

    /** Show a step as if it had arrived already. */
    show(step) {
        const report = this.state.report;
        if (step.kind === "head") {
            Object.assign(report.head, step.values);
        } else if (step.kind === "photo" && !report.photos.includes(step.stage)) {
            report.photos.push(step.stage);
        } else if (step.kind === "tick") {
            Object.assign(report.lines.find((line) => line.id === step.line) || {}, step.values);
        } else if (step.kind === "tally") {
            for (const line of report.lines) {
                if (String(line.id) in step.counts) {
                    line.my_count = step.counts[line.id];
                    line.counted = true;
                }
            }
        }
    }

    async note(step) {
        this.state.refused = [];
        this.queue.push(step);
        this.show(step);
        this.state.waiting = this.queue.steps.length;
        await this.sync();
    }

    /** What is being typed stands, whatever arrives from the server meanwhile. */
    headOf(name) {
        return this.state.typed[name] ?? this.state.report.head[name];
    }

    type(name, value) {
        this.state.typed[name] = value;
    }

    setHead(name, value) {
        delete this.state.typed[name];
        return this.note({ kind: "head", values: { [name]: value } });
    }

    tick(line, name) {
        return this.note({ kind: "tick", line: line.id, values: { [name]: !line[name] } });
    }

    countOf(line) {
        return this.state.counts[line.id] ?? line.my_count ?? 0;
    }

    count(line, value) {
        this.state.counts[line.id] = Math.max(parseInt(value, 10) || 0, 0);
    }

    saveCount(line) {
        const cartons = this.countOf(line);
        delete this.state.counts[line.id];
        return this.note({ kind: "tally", counts: { [line.id]: cartons } });
    }

    keepPhoto(image, stage) {
        return this.note({ kind: "photo", stage, image });
    }

    async scanCarton() {
        const code = await scanBarcode(this.env).catch(() => "");
        if (code) {
            this.state.carton.code = code;
            await this.offer();
        }
    }

    /** Hold a carton against the notice: another product, mark or lot stays out (D6.3). */
    async offer() {
        const { code } = this.state.carton;
        const carton = { code: "", right: "", wrong: "" };
        try {
            carton.right = await this.orm.silent.call("gendan.loading.report", "phone_offer", [
                [this.reportId],
                code,
            ]);
        } catch (error) {
            carton.wrong = error.data?.message || _t("No network: this carton could not be checked.");
        }
        this.state.carton = carton;
    }

    /** Start, count anew or close: what all the rest waits for is not noted without a network. */
    async press(method) {
        Object.assign(this.state, { busy: true, refused: [] });
        try {
            await this.orm.silent.call("gendan.loading.report", method, [[this.reportId]]);
            await this.load();
        } catch (error) {
            this.state.refused = [
                error.data?.message || _t("No network: this has to wait until it is back.").toString(),
            ];
        }
        this.state.busy = false;
    }

    back() {
        return this.env.config.historyBack();
    }

    openForm() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "gendan.loading.report",
            res_id: this.reportId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("gendan_loading_page", LoadingPage);
