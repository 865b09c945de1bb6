import { patch } from "@web/core/utils/patch";
import { formatFloat } from "@web/views/fields/formatters";
import { ListRenderer } from "@web/views/list/list_renderer";

/** A sum or a mean is written as its column is: 12,000 pieces, not 12,000.00 (X3). */
patch(ListRenderer.prototype, {
    computeAggregates() {
        const aggregates = super.computeAggregates();
        for (const column of this.columns) {
            const shown = aggregates[column.name];
            if (shown && this.isPlainFloat(column)) {
                shown.value = this.asColumn(column, shown.rawValue);
            }
        }
        return aggregates;
    },

    formatGroupAggregate(group, column) {
        const shown = super.formatGroupAggregate(group, column);
        const value = group.aggregates[column.name];
        return typeof value === "number" && this.isPlainFloat(column)
            ? { ...shown, value: this.asColumn(column, value) }
            : shown;
    },

    isPlainFloat(column) {
        return !column.widget && this.fields[column.name]?.type === "float";
    },

    asColumn({ name, attrs, options }, value) {
        return formatFloat(value, {
            digits: attrs.digits ? JSON.parse(attrs.digits) : this.fields[name].digits,
            trailingZeros: !options.hide_trailing_zeros,
        });
    },
});
