import { useState } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { LIGHTS, machineOfAddress, scanMachine } from "./machines";
import { phoneTiles } from "./phone_home";
import { SheetFiller } from "./sheet_filler";
import { WorkPage } from "./work_page";

const CHECKERS = ["operator", "production", "qc"];

/** 机台: what runs where, the light that says whether it may, and the checks beside it. */
export class MachinePage extends WorkPage {
    static template = "gendan_followup.MachinePage";
    static components = { ...WorkPage.components, SheetFiller };

    setup() {
        super.setup();
        this.canScan = isBarcodeScannerSupported();
        this.lights = LIGHTS;
        this.state = useState({
            machines: [], machine: null, sheet: null, done: "",
            net: { online: true, waiting: 0, refused: [] },
        });
    }

    get title() {
        if (this.state.sheet) {
            return this.state.sheet.title;
        }
        return this.state.machine ? this.state.machine.name : _t("Machines").toString();
    }

    get isChecker() {
        return this.has(...CHECKERS);
    }

    get isMerchandiser() {
        return !this.holder.device && this.holder.roles.includes("merchandiser");
    }

    async load() {
        if (!this.badge.present) {
            return;
        }
        try {
            this.state.machines = await this.orm.silent.call("mrp.workcenter", "phone_machines", []);
            this.state.net.online = true;
        } catch {
            this.state.net.online = false;
        }
        const { machine } = this.state;
        this.state.machine = machine
            ? this.state.machines.find((one) => one.id === machine.id)
            : this.asked || machineOfAddress(this.state.machines) || null;
    }

    /** The machine that another page sent us to. */
    get asked() {
        const id = (this.props.action.params || {}).machine;
        return this.state.machines.find((machine) => machine.id === id);
    }

    /** The colour of a machine in the list: what it runs, or would run next; QC's stop is red. */
    lightOf(machine) {
        const works = machine.works;
        if (machine.stop) {
            return "stop";
        }
        return works.length && (works.find((work) => work.running) || works[0]).light;
    }

    choose(machine) {
        Object.assign(this.state, { machine, done: "" });
    }

    async scan() {
        const machine = await scanMachine(this.env, this.state.machines);
        if (machine) {
            this.choose(machine);
        }
    }

    async check(work, kind) {
        this.state.net.refused = [];
        this.state.sheet = await this.orm.call("gendan.production.notice.line", "phone_open_check", [
            [work.line], kind, this.state.machine.id,
        ]);
    }

    async closed(sheet) {
        Object.assign(this.state, { sheet: null, done: sheet.title });
        await this.load();
    }

    goOn(tag, params) {
        return this.goTo(tag, { machine: this.state.machine.id, ...params });
    }

    back() {
        if (this.state.sheet) {
            this.state.sheet = null;
            return this.load();
        }
        if (this.state.machine) {
            this.state.machine = null;
            return undefined;
        }
        return this.goHome();
    }
}

registry.category("actions").add("gendan_machine_page", MachinePage);
phoneTiles.add("machines", {
    label: _t("Machines"),
    icon: "fa-industry",
    roles: ["operator", "production", "qc", "merchandiser", "packaging"],
    action: "gendan_machine_page",
}, { sequence: 10 });
