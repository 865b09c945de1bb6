import { router } from "@web/core/browser/router";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { _t } from "@web/core/l10n/translation";

/** What the light of a machine says, and how it looks (D5.4). */
export const LIGHTS = {
    go: { label: _t("May run"), style: "success", icon: "fa-check-circle" },
    waiting: { label: _t("Waits for the salesperson"), style: "danger", icon: "fa-hourglass-half" },
    trial: { label: _t("Trial: no sample sent yet"), style: "danger", icon: "fa-flask" },
    rejected: { label: _t("Rejected"), style: "danger", icon: "fa-times-circle" },
    none: { label: _t("No first article yet"), style: "danger", icon: "fa-ban" },
    stop: { label: _t("Must not run"), style: "danger", icon: "fa-ban" },
};

/** Return the machine that a QR code (its page's address, its code or its name) stands for. */
export function machineOf(machines, text) {
    const id = /[?&]machine=(\d+)/.exec(text || "");
    return machines.find((machine) =>
        id ? machine.id === Number(id[1]) : text && [machine.code, machine.name].includes(text)
    );
}

/** Let the camera read the code on a machine; nothing when it was no machine's. */
export async function scanMachine(env, machines) {
    return machineOf(machines, await scanBarcode(env).catch(() => ""));
}

/** The machine whose QR code opened this page with the phone's own camera. */
export function machineOfAddress(machines) {
    const id = router.current.machine;
    return id && machines.find((machine) => machine.id === Number(id));
}
