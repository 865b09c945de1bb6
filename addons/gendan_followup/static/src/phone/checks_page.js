import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "./phone_home";
import { SheetsPage } from "./sheets_page";

/** 待检: what waits for quality control, what was handed out first of all (L-Q1, L-Q3). */
export class ChecksPage extends SheetsPage {
    static template = "gendan_followup.ChecksPage";

    get title() {
        return (this.state.sheet ? this.state.sheet.title : _t("Checks to do")).toString();
    }

    readRows() {
        return this.orm.silent.call("gendan.check.sheet", "phone_waiting", []);
    }
}

registry.category("actions").add("gendan_checks_page", ChecksPage);
phoneTiles.add("checks", {
    label: _t("Checks to do"),
    icon: "fa-check-square-o",
    roles: ["qc"],
    action: "gendan_checks_page",
    count: async (orm) =>
        (await orm.silent.call("gendan.check.sheet", "phone_waiting", [])).length,
}, { sequence: 5 });
