import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { useService } from "@web/core/utils/hooks";

const SCANNER_GAP = 100;

/**
 * The frame of every phone page: title, who holds the phone, network, what was refused.
 *
 * On a shared device that nobody holds it shows badge and PIN instead of its content.
 * Props: `title`, `back` (called by the arrow), `online`, `waiting`, `refused`.
 */
export class PhonePage extends Component {
    static template = "gendan_followup.PhonePage";
    static props = {
        title: String,
        back: { type: Function, optional: true },
        online: { type: Boolean, optional: true },
        waiting: { type: Number, optional: true },
        refused: { type: Array, optional: true },
        slots: Object,
    };
    static defaultProps = { online: true, waiting: 0, refused: [] };

    setup() {
        this.badge = useService("gendan_badge");
        this.holder = useState(this.badge.state);
        this.reading = useState(this.env.reading || { isDone: true });
        this.state = useState({ people: [], person: null, pin: "", message: "", filter: "" });
        this.canScan = isBarcodeScannerSupported();
        this.typed = { text: "", at: 0 };
        useExternalListener(window, "keydown", (ev) => this.onKey(ev));
        onWillStart(async () => {
            await this.badge.load();
            await this.loadPeople();
        });
    }

    get isPresent() {
        return !this.holder.device || Boolean(this.holder.token);
    }

    get people() {
        const words = this.state.filter.trim();
        return this.state.people.filter((one) => !words || one.name.includes(words));
    }

    async loadPeople() {
        if (!this.isPresent && !this.state.people.length) {
            this.state.people = await this.badge.people().catch(() => []);
        }
    }

    /** A hand scanner types the badge like a keyboard, much faster than a person. */
    onKey(ev) {
        if (this.isPresent || ev.target.matches("input, textarea")) {
            return;
        }
        const now = Date.now();
        const text = now - this.typed.at < SCANNER_GAP ? this.typed.text : "";
        this.typed = { text: ev.key.length === 1 ? text + ev.key : text, at: now };
        if (ev.key === "Enter" && text.length > 2) {
            this.show({ badge: text });
        }
    }

    async scan() {
        const badge = await scanBarcode(this.env).catch(() => false);
        if (badge) {
            await this.show({ badge });
        }
    }

    choose(person) {
        Object.assign(this.state, { person, pin: "", message: "" });
    }

    digit(digit) {
        this.state.pin = `${this.state.pin}${digit}`.slice(0, 12);
    }

    enterPin() {
        return this.show({ employee_id: this.state.person.id, pin: this.state.pin });
    }

    async show(shown) {
        this.state.pin = "";
        this.state.message = (await this.badge.identify(shown)) || "";
        if (!this.state.message) {
            this.state.person = null;
        }
    }

    async leave() {
        await this.badge.leave();
        await this.loadPeople();
    }
}
