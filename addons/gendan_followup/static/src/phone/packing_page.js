import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { SheetFiller } from "./sheet_filler";
import { WorkPage } from "./work_page";

/** 包装抽检: pieces per pack counted, rejects sorted out and kept apart (L-P2, L-P3). */
export class PackingPage extends WorkPage {
    static template = "gendan_followup.PackingPage";
    static components = { ...WorkPage.components, SheetFiller };

    setup() {
        super.setup();
        this.state = useState({
            rows: [], sheet: null, done: "", net: { online: true, waiting: 0, refused: [] },
        });
    }

    get title() {
        return (this.state.sheet ? this.state.sheet.title : _t("Packing checks")).toString();
    }

    async load() {
        if (!this.badge.present) {
            return;
        }
        try {
            this.state.rows = await this.orm.silent.call(
                "gendan.production.notice.line", "phone_packing", []
            );
            this.state.net.online = true;
        } catch {
            this.state.net.online = false;
        }
    }

    async check(row, kind) {
        Object.assign(this.state, { done: "" });
        this.state.net.refused = [];
        this.state.sheet = await this.orm.call("gendan.production.notice.line", "phone_open_check", [
            [row.line], kind,
        ]);
    }

    async closed(sheet) {
        Object.assign(this.state, { sheet: null, done: sheet.title });
        await this.load();
    }

    back() {
        if (this.state.sheet) {
            this.state.sheet = null;
            return this.load();
        }
        return this.goHome();
    }
}

registry.category("actions").add("gendan_packing_page", PackingPage);
phoneTiles.add("packing", {
    label: _t("Packing checks"),
    icon: "fa-cubes",
    roles: ["packaging", "qc"],
    action: "gendan_packing_page",
}, { sequence: 30 });
