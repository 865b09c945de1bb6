import { Component, onMounted, onPatched, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";
import { cookie } from "@web/core/browser/cookie";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { _t } from "@web/core/l10n/translation";

/** A manager's questions as charts; a bar opens the records behind it. */
export class Dashboard extends Component {
    static template = "gendan_followup.Dashboard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({ data: null, months: 3 });
        this.drawn = [];
        this.stale = true;
        onWillStart(async () => {
            await Promise.all([loadBundle("web.chartjs_lib"), this.load()]);
        });
        onMounted(() => this.draw());
        onPatched(() => this.draw());
        onWillUnmount(() => this.clear());
    }

    async load() {
        this.state.data = await this.orm.call("gendan.dashboard", "charts", [this.state.months]);
        this.stale = true;
    }

    choose(months) {
        this.state.months = months;
        return this.load();
    }

    periodText(months) {
        return months === 1 ? _t("This month") : _t("%s months", months);
    }

    clear() {
        this.drawn.forEach((chart) => chart.destroy());
        this.drawn = [];
    }

    draw() {
        if (!this.stale) {
            return;
        }
        this.stale = false;
        this.clear();
        for (const canvas of this.root.el.querySelectorAll("canvas")) {
            const chart = this.state.data.charts.find((one) => one.key === canvas.dataset.chart);
            this.drawn.push(new window.Chart(canvas, this.config(chart)));
        }
    }

    config(chart) {
        const scheme = cookie.get("color_scheme");
        return {
            type: chart.kind,
            data: {
                labels: chart.labels,
                datasets: chart.series.map((series, index) => ({
                    ...series,
                    backgroundColor: getColor(index, scheme, 4),
                })),
            },
            options: {
                maintainAspectRatio: false,
                plugins: { legend: { display: chart.series.length > 1 } },
                scales: { y: { beginAtZero: true, suggestedMax: chart.limit || undefined } },
                onClick: (_ev, elements) => elements.length && this.open(chart, elements[0].index),
            },
        };
    }

    open(chart, index) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: chart.title,
            res_model: chart.model,
            domain: chart.domains[index],
            views: [
                [false, "list"],
                ...(chart.model.startsWith("gendan.report") ? [] : [[false, "form"]]),
            ],
        });
    }
}

registry.category("actions").add("gendan_dashboard", Dashboard);
