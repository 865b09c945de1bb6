import { patch } from "@web/core/utils/patch";
import { WebClient } from "@web/webclient/webclient";

/** Who opens a document of ours from a message stands in our app, menu bar and all. */
patch(WebClient.prototype, {
    async loadRouterState() {
        await super.loadRouterState(...arguments);
        const model = this.actionService.currentController?.props?.resModel;
        if (!this.menuService.getCurrentApp() && model?.startsWith("gendan.")) {
            const app = this.menuService
                .getApps()
                .find((one) => one.xmlid === "gendan_followup.menu_root");
            if (app) {
                this.menuService.setCurrentMenu(app);
            }
        }
    },
});
