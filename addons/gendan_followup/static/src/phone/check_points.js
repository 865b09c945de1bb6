import { Component } from "@odoo/owl";
import { shrinkPhoto } from "./shrink_photo";

/** Where the photo of a point is seen: from the phone until the server has it. */
export function photoUrl(point, answer) {
    const taken = (answer || {}).photo;
    return taken ? `data:image/jpeg;base64,${taken}` : point.photo_url || null;
}

/** The points of a check as big rows: ✓ ✗ n.a., a value where one is measured, a photo. */
export class CheckPoints extends Component {
    static template = "gendan_followup.CheckPoints";
    static props = { points: Array, answers: Object, answer: Function };

    result(point) {
        return (this.props.answers[point.id] || {}).result || point.result || "";
    }

    value(point) {
        return (this.props.answers[point.id] || {}).measured_value ?? (point.value || "");
    }

    hasPhoto(point) {
        return Boolean((this.props.answers[point.id] || {}).photo || point.has_photo);
    }

    /** The photo just taken, or the one that the server has; null without any. */
    photoOf(point) {
        return photoUrl(point, this.props.answers[point.id]);
    }

    tap(point, result) {
        this.props.answer(point, { result });
    }

    measure(point, ev) {
        const value = parseFloat(ev.target.value);
        if (!Number.isNaN(value)) {
            const within = this.within(point, value);
            this.props.answer(point, {
                measured_value: value,
                ...(within === undefined ? {} : { result: within ? "ok" : "not_ok" }),
            });
        }
    }

    /** Whether a value lies within the limits; undefined where there are none. */
    within(point, value) {
        if (!point.limits) {
            return undefined;
        }
        const [low, high] = point.limits.split("–").map(Number);
        return value >= low && value <= high;
    }

    /** "OK" of a point with limits follows from its value, and from nothing else. */
    isOkOpen(point) {
        const value = parseFloat(this.value(point));
        return !point.limits || this.within(point, value) === true;
    }

    count(point, name) {
        return (this.props.answers[point.id] || {})[`${name}_count`] ?? (point[name] || "");
    }

    /** So many of so many fit: sent when both are known, the result follows from them. */
    tally(point, name, ev) {
        const given = {
            good_count: Number(this.count(point, "good")),
            tried_count: Number(this.count(point, "tried")),
            [`${name}_count`]: Number(ev.target.value),
        };
        if (given.tried_count && given.good_count <= given.tried_count) {
            const result = given.good_count === given.tried_count ? "ok" : "not_ok";
            this.props.answer(point, { ...given, result });
        } else {
            this.props.answers[point.id] = { ...(this.props.answers[point.id] || {}), ...given };
        }
    }

    async photo(point, ev) {
        const [file] = ev.target.files;
        if (file) {
            this.props.answer(point, { photo: await shrinkPhoto(file) });
        }
    }
}
