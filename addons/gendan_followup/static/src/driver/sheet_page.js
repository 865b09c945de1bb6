import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "../phone/phone_home";
import { WorkPage } from "../phone/work_page";

/** The driver reads his sheet and may object to it once (D11.3). */
export class SheetPage extends WorkPage {
    static template = "gendan_followup.SheetPage";

    setup() {
        super.setup();
        this.state = useState({ sheets: [], text: "", asked: null, refused: [], loaded: false });
    }

    get title() {
        return _t("My appraisal");
    }

    async load() {
        this.state.sheets = this.badge.present
            ? await this.orm.call("gendan.driver.appraisal", "phone_sheets", [])
            : [];
        this.state.loaded = true;
    }

    async object(sheet) {
        this.state.refused = [];
        try {
            await this.orm.silent.call("gendan.driver.appraisal", "action_object", [
                [sheet.id],
                this.state.text,
            ]);
        } catch (error) {
            this.state.refused = [error.data?.message || error.message];
            return;
        }
        Object.assign(this.state, { text: "", asked: null });
        await this.load();
    }

    back() {
        this.goHome();
    }
}

registry.category("actions").add("gendan_sheet_page", SheetPage);
phoneTiles.add("sheets", {
    label: _t("My appraisal"),
    icon: "fa-star-half-o",
    roles: ["driver"],
    action: "gendan_sheet_page",
});
