import { registry } from "@web/core/registry";

/**
 * Open one record out of a list's action, with the list behind it in the breadcrumb, so that
 * after a signature the next document takes the place of the signed one.
 */
async function openInList(env, action) {
    const { action: listAction, res_id: resId } = action.params;
    await env.services.action.doAction(listAction, { clearBreadcrumbs: true });
    await env.services.action.switchView("form", { resId });
}

registry.category("actions").add("gendan_open_in_list", openInList);
