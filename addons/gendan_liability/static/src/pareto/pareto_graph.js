import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

const COLOUR = "#b3261e";
const LABEL_SIZE = 12;
const LABEL_LINES = 3;
const LEAST_ROOM = 4;
const UPRIGHT_SIZE = 8;

/** What a character takes of a line: a Chinese one is a square, a Latin one half of it. */
const width = (text) => [...text].reduce((sum, one) => sum + (one < "\u2e80" ? 0.6 : 1), 0);

/**
 * A label as the short lines that fit under its bar; a code in front has a line of its own.
 *
 * @param {string} label e.g. "L-O1 未按照生产订单开机, …"
 * @param {number} room squares in a line
 */
export function labelLines(label, room) {
    const [code, ...words] = label.split(" ");
    const lines = [words.length ? code : ""];
    for (const character of words.length ? words.join(" ") : label) {
        if (width(lines.at(-1) + character) > room || (words.length && lines.length === 1)) {
            lines.push("");
        }
        lines[lines.length - 1] += character;
    }
    const shown = lines.slice(0, LABEL_LINES);
    if (lines.length > LABEL_LINES) {
        shown[LABEL_LINES - 1] = shown.at(-1).slice(0, -1) + "…";
    }
    return shown;
}

/** A label that stands upright under a narrow bar: the code in front, else the first words. */
function upright(label) {
    const [code] = label.split(" ");
    const short = /\d/.test(code) ? code : label;
    return short.length > UPRIGHT_SIZE ? `${short.slice(0, UPRIGHT_SIZE)}…` : short;
}

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
            const { labels } = this.model.data;
            // both axes take about 120 pixels; Chart.js calls us with the chart or its scale
            const room = (chart) => (chart.width - 120) / labels.length / LABEL_SIZE;
            const rotation = ({ chart }) => (room(chart) < LEAST_ROOM ? 90 : 0);
            scales.x.ticks = {
                ...scales.x.ticks,
                autoSkip: false,
                minRotation: rotation,
                maxRotation: rotation,
                callback(_value, index) {
                    const text = String(labels[index]);
                    return room(this.chart) < LEAST_ROOM
                        ? upright(text)
                        : labelLines(text, room(this.chart));
                },
            };
            if (this.model.metaData.measure === "__count") {
                scales.y.ticks.precision = 0;
            }
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
