import { useState } from "@odoo/owl";
import { SheetFiller } from "./sheet_filler";
import { WorkPage } from "./work_page";

/** Rows of work, each with a sheet that is filled on the page itself; `readRows()` reads them. */
export class SheetsPage extends WorkPage {
    static components = { ...WorkPage.components, SheetFiller };

    setup() {
        super.setup();
        this.state = useState({
            rows: [], sheet: null, done: "", net: { online: true, waiting: 0, refused: [] },
        });
    }

    async load() {
        if (!this.badge.present) {
            return;
        }
        try {
            this.state.rows = await this.readRows();
            this.state.net.online = true;
        } catch {
            this.state.net.online = false;
        }
    }

    fill(sheet) {
        Object.assign(this.state, { sheet, done: "" });
        this.state.net.refused = [];
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
