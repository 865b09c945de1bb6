import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

const COLOUR = "#b3261e";

/** Bars, the largest first, with the line that adds them up to 100 % (Pareto). */
export class ParetoRenderer extends GraphRenderer {
    get isPareto() {
        const { groupBy, mode } = this.model.metaData;
        return mode === "bar" && groupBy.length === 1 && this.model.data.datasets.length === 1;
    }

    /** The share of the whole that the bars so far make, in percent. */
    cumulated() {
        const values = this.model.data.datasets[0].data;
        const total = values.reduce((sum, value) => sum + value, 0);
        let sum = 0;
        return values.map((value) => {
            sum += value;
            return total ? Math.round((sum / total) * 1000) / 10 : 0;
        });
    }

    getBarChartData() {
        const data = super.getBarChartData();
        if (!this.isPareto) {
            return data;
        }
        const [bars] = this.model.data.datasets;
        const line = {
            type: "line",
            label: _t("Cumulative %"),
            data: this.cumulated(),
            domains: bars.domains,
            trueLabels: bars.trueLabels,
            yAxisID: "cumulated",
            order: -1,
            tension: 0,
            fill: false,
            // the last point, at 100 %, is drawn whole
            clip: false,
            pointRadius: 4,
            backgroundColor: COLOUR,
            borderColor: COLOUR,
            borderWidth: 2,
        };
        return { ...data, datasets: [...data.datasets, line] };
    }

    getScaleOptions() {
        const scales = super.getScaleOptions();
        if (this.isPareto) {
            scales.cumulated = {
                type: "linear",
                position: "right",
                min: 0,
                max: 100,
                ticks: { callback: (value) => `${value}%` },
                grid: { display: false },
            };
        }
        return scales;
    }

    getTooltipItems(data, metaData, tooltipModel) {
        const bars = tooltipModel.dataPoints.filter(
            (point) => point.datasetIndex < data.datasets.length
        );
        const items = super.getTooltipItems(data, metaData, { ...tooltipModel, dataPoints: bars });
        const [point] = tooltipModel.dataPoints;
        if (this.isPareto && point) {
            items.push({
                label: _t("Cumulative %"),
                value: `${this.cumulated()[point.dataIndex]}%`,
                boxColor: COLOUR,
            });
        }
        return items;
    }
}

registry.category("views").add("gendan_pareto", { ...graphView, Renderer: ParetoRenderer });
