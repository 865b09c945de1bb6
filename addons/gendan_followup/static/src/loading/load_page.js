import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "../phone/phone_home";
import { QueuedPage } from "../phone/work_page";

const DAYS = { "-1": _t("Yesterday"), 0: _t("Today"), 1: _t("Tomorrow") };

/** What leaves: the keeper takes his copy and loads, the merchandiser stands beside (D8.7, D6.1). */
export class LoadPage extends QueuedPage {
    static template = "gendan_followup.LoadPage";

    setup() {
        super.setup();
        this.state = useState({
            to_load: [], supervised: [], loaded: false, online: true, waiting: 0, refused: [],
        });
        this.openQueue("gendan.loads", (steps) =>
            this.sendEach("gendan.shipping.notice", steps, (step) => step.notice)
        );
    }

    async read() {
        const rows = await this.orm.silent.call("gendan.shipping.notice", "phone_loads", []);
        Object.assign(this.state, { ...rows, loaded: true });
    }

    dayText(row) {
        return DAYS[row.days]?.toString() || row.day.slice(5);
    }

    /** Take the copy: this is the keeper's acknowledgement. */
    async start(row) {
        this.state.refused = [];
        this.queue.push({ kind: "start", notice: row.id });
        await this.sync();
    }

    open(row) {
        return this.goTo("gendan_loading_page", { report_id: row.report });
    }
}

registry.category("actions").add("gendan_load_page", LoadPage);
phoneTiles.add("to_load", {
    label: _t("To load"),
    icon: "fa-truck",
    roles: ["finished_keeper"],
    action: "gendan_load_page",
    count: async (orm) =>
        (await orm.silent.call("gendan.shipping.notice", "phone_loads", [])).to_load.length,
}, { sequence: 12 });
phoneTiles.add("supervise", {
    label: _t("Loading supervision"),
    icon: "fa-cubes",
    roles: ["merchandiser", "plan_manager"],
    own: true,
    action: "gendan_load_page",
    count: async (orm) =>
        (await orm.silent.call("gendan.shipping.notice", "phone_loads", [])).supervised.length,
}, { sequence: 12 });
