import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { _t } from "@web/core/l10n/translation";
import { PhoneQueue, RETRY } from "../phone/phone_queue";
import { shrinkPhoto } from "../phone/shrink_photo";

export const CONTAINER_NUMBER = /^[A-Z]{3}[UJZ][0-9]{7}$/;

/** The page beside the container: head, photos, ticks and the own count (D6.1–D6.4, X11). */
export class LoadingPage extends Component {
    static template = "gendan_followup.LoadingPage";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.reportId =
            this.props.action.params?.report_id || this.props.action.context?.active_id;
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({
            report: null, online: true, waiting: 0, refused: [], counts: {},
            carton: { code: "", right: "", wrong: "" },
        });
        this.queue = new PhoneQueue(`gendan.loading.${this.reportId}`, (steps) =>
            this.orm.silent.call("gendan.loading.report", "action_sync", [[this.reportId], steps])
        );
        onWillStart(() => this.load());
        const timer = browser.setInterval(() => this.sync(), RETRY);
        const online = () => this.sync();
        browser.addEventListener("online", online);
        onWillUnmount(() => {
            browser.clearInterval(timer);
            browser.removeEventListener("online", online);
        });
    }

    get cacheKey() {
        return `gendan.loading.${this.reportId}.seen`;
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

    get isContainerWrong() {
        const number = this.state.report.head.container_no;
        return Boolean(number) && !CONTAINER_NUMBER.test(number.replace(/[\s\-/]/g, "").toUpperCase());
    }

    /** Read the report, and show on top of it what still waits to be sent. */
    async load() {
        let report;
        try {
            report = await this.orm.silent.call("gendan.loading.report", "phone_state", [
                [this.reportId],
            ]);
            browser.localStorage.setItem(this.cacheKey, JSON.stringify(report));
            this.state.online = true;
        } catch (error) {
            report = JSON.parse(browser.localStorage.getItem(this.cacheKey) || "null");
            this.state.online = false;
            if (!report) {
                throw error;
            }
        }
        this.state.report = report;
        this.queue.steps.forEach((step) => this.show(step));
        this.state.waiting = this.queue.steps.length;
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
        this.queue.push(step);
        this.show(step);
        this.state.waiting = this.queue.steps.length;
        await this.sync();
    }

    async sync() {
        const before = this.queue.steps.length;
        const { online, refused } = await this.queue.flush();
        this.state.online = online;
        this.state.waiting = this.queue.steps.length;
        if (refused.length) {
            this.state.refused = refused;
        }
        if (before && online) {
            await this.load();
        }
    }

    setHead(name, value) {
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

    async photo(stage, ev) {
        const [file] = ev.target.files;
        if (file) {
            await this.note({ kind: "photo", stage, image: await shrinkPhoto(file) });
        }
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
