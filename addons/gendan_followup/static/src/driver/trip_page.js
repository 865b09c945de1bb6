import { useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { phoneTiles } from "../phone/phone_home";
import { QueuedPage } from "../phone/work_page";


/** 10.5 as a clock shows it. */
export function hourText(hour) {
    const minutes = Math.round(hour * 60);
    return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The driver's clock: on duty, departure, arrivals, delivery notes, return (D8.9, X11). */
export class TripPage extends QueuedPage {
    static template = "gendan_followup.TripPage";

    setup() {
        super.setup();
        this.hourText = hourText;
        this.state = useState({
            trips: [], id: null, odometer: "", waiting: 0, online: true, refused: [],
            wait: null, loaded: false,
        });
        this.openQueue("gendan.trips", (steps) =>
            this.sendEach("gendan.dispatch", steps, (step) => step.trip)
        );
    }

    get cacheKey() {
        return `gendan.trips.seen.${this.holder.name}`;
    }

    get trip() {
        return this.state.trips.find((trip) => trip.id === this.state.id);
    }

    get title() {
        return this.trip ? `${this.trip.plate} ${this.trip.name}` : _t("My trips");
    }

    async load() {
        this.state.waiting = this.queue.steps.length;
        if (!this.badge.present) {
            Object.assign(this.state, { trips: [], id: null });
            return;
        }
        try {
            this.state.trips = await this.orm.silent.call("gendan.dispatch", "phone_trips", []);
            this.remember();
            this.state.online = true;
        } catch {
            this.state.trips = JSON.parse(browser.localStorage.getItem(this.cacheKey) || "[]");
            this.state.online = false;
        }
        this.queue.steps.forEach((step) => this.show(step));
        const running = this.state.trips.filter((trip) => trip.state === "out" || trip.duty);
        if (!this.trip) {
            this.state.id = running.length === 1 ? running[0].id : null;
        }
        this.state.loaded = true;
    }

    /** Show a step as if it had arrived already. */
    show(step) {
        const trip = this.state.trips.find((one) => one.id === step.trip);
        if (!trip) {
            return;
        }
        const stop = trip.stops.find((one) => one.id === step.stop);
        const clock = new Date(`${step.noted_at.replace(" ", "T")}Z`).toTimeString().slice(0, 5);
        const effects = {
            duty: () => (trip.duty = trip.duty || clock),
            depart: () => Object.assign(trip, { state: "out", departed: clock }),
            return: () => Object.assign(trip, { state: "done", returned: clock }),
            arrive: () => (stop.arrived = stop.arrived || clock),
            note_back: () => (stop.note_back = stop.note_back || clock),
            wait: () => {
                if (!trip.waits.some((wait) => wait.key === step.key)) {
                    trip.waits.push({ key: step.key, cause: step.cause, minutes: step.minutes });
                }
            },
        };
        effects[step.kind]();
    }

    /** What the phone shows without a network: the last answer, with all that was done since. */
    remember() {
        browser.localStorage.setItem(this.cacheKey, JSON.stringify(this.state.trips));
    }

    /** Whether goods are to be loaded at all. */
    carries(trip) {
        return trip.stops.some((stop) => stop.needs_note);
    }

    choose(trip) {
        Object.assign(this.state, { id: trip.id, odometer: "", refused: [], wait: null });
    }

    /** The reading to begin with: what the clock said at the end of the last trip. */
    get odometer() {
        return this.state.odometer || (this.trip.state === "confirmed" && this.trip.last_odometer) || "";
    }

    get isReading() {
        return Number.isInteger(Number(this.odometer)) && Number(this.odometer) > 0;
    }

    async note(kind, values = {}) {
        this.state.refused = [];
        this.queue.push({ kind, trip: this.trip.id, ...values });
        this.show(this.queue.steps.at(-1));
        this.remember();
        await this.sync();
    }

    async clock(kind) {
        const odometer = Number(this.odometer);
        this.state.odometer = "";
        await this.note(kind, { odometer });
    }

    askWait() {
        const noted = this.trip.waits.reduce((sum, wait) => sum + wait.minutes, 0);
        this.state.wait = { cause: "", minutes: Math.max(this.trip.wait - noted, 0) || 10 };
    }

    causeText(cause) {
        return (this.trip.causes.find(([key]) => key === cause) || ["", cause])[1];
    }

    async saveWait() {
        const { cause, minutes } = this.state.wait;
        this.state.wait = null;
        await this.note("wait", { cause, minutes: Number(minutes) });
    }

    back() {
        if (this.state.id) {
            this.state.id = null;
        } else {
            this.goHome();
        }
    }
}

registry.category("actions").add("gendan_trip_page", TripPage);
phoneTiles.add("trips", {
    label: _t("My trips"),
    icon: "fa-truck",
    roles: ["driver"],
    action: "gendan_trip_page",
    count: async (orm) => (await orm.silent.call("gendan.dispatch", "phone_trips", [])).length,
});
