import { Component } from "@odoo/owl";
import { shrinkPhoto } from "./shrink_photo";

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

    tap(point, result) {
        this.props.answer(point, { result });
    }

    measure(point, ev) {
        const value = parseFloat(ev.target.value);
        if (!Number.isNaN(value)) {
            this.props.answer(point, { measured_value: value });
        }
    }

    async photo(point, ev) {
        const [file] = ev.target.files;
        if (file) {
            this.props.answer(point, { photo: await shrinkPhoto(file) });
        }
    }
}
