import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { SheetsPage } from "./sheets_page";

/** 包装抽检: pieces per pack counted, rejects sorted out and kept apart (L-P2, L-P3). */
export class PackingPage extends SheetsPage {
    static template = "gendan_followup.PackingPage";

    get title() {
        return (this.state.sheet ? this.state.sheet.title : _t("Packing checks")).toString();
    }

    readRows() {
        return this.orm.silent.call("gendan.production.notice.line", "phone_packing", []);
    }

    async check(row, kind) {
        this.fill(
            await this.orm.call("gendan.production.notice.line", "phone_open_check", [
                [row.line],
                kind,
            ])
        );
    }
}

registry.category("actions").add("gendan_packing_page", PackingPage);
phoneTiles.add("packing", {
    label: _t("Packing checks"),
    icon: "fa-cubes",
    roles: ["packaging", "qc"],
    action: "gendan_packing_page",
}, { sequence: 30 });
