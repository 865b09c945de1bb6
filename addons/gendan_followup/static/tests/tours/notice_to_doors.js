import { registry } from "@web/core/registry";
import { screenshot } from "./steps";

/** Choose a record by its name in a many2one. */
function choose(field, text) {
    return [
        { trigger: `.o_field_widget[name=${field}] input`, run: `edit ${text}` },
        {
            trigger: `.o_field_widget[name=${field}] .o-autocomplete--dropdown-item a:contains("${text}")`,
            run: "click",
        },
    ];
}

const tours = registry.category("web_tour.tours");
const IN = (state) => `.o_statusbar_status button[data-value=${state}].o_arrow_button_current`;

/** The salesperson asks for a container to leave, a day ahead (D8.4). */
tours.add("gendan_doors_salesperson", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        ...choose("notice_id", "SC-"),
        { content: "what is still to leave", trigger: "div[name=line_ids] .o_data_row" },
        ...choose("container_type_id", "20GP"),
        {
            trigger: ".o_field_widget[name=destination] input",
            run: "edit Melbourne",
        },
        { trigger: ".o_field_widget[name=ship_date] button, .o_field_widget[name=ship_date] input", run: "click" },
        { trigger: ".o_datetime_picker .o_next", run: "click" },
        { trigger: ".o_datetime_picker .o_date_item_cell:not(.o_out_of_range):contains(15)", run: "click" },
        { trigger: "button[name=action_submit]", run: "click" },
        { trigger: IN("submitted") },
        screenshot("salesperson-shipping-1400"),
    ],
});

/** The merchandiser accepts; the carton count becomes his word (A12). */
tours.add("gendan_doors_accept", {
    steps: () => [
        { trigger: ".o_data_row:contains(20GP) td[name=name]", run: "click" },
        { trigger: "button[name=action_accept]", run: "click" },
        { trigger: IN("accepted") },
    ],
});

/** Finance states what has come in, with the bank's slip, and issues (D8.6). */
tours.add("gendan_doors_finance", {
    steps: () => [
        { trigger: ".o_data_row:contains(20GP) td[name=name]", run: "click" },
        { trigger: "button[name=action_write_slip]", run: "click" },
        { content: "money is due", trigger: ".alert-warning" },
        { content: "the goods of the notice", trigger: "div[name=line_ids] .o_data_row" },
        { trigger: ".o_field_widget[name=received_amount] input", run: "edit 23328" },
        { trigger: ".o_field_widget[name=release_remark] input", run: "edit 定金已到, 水单 1209-03" },
        { trigger: "button[name=action_issue]", run: "click" },
        { trigger: IN("issued") },
        screenshot("finance-slip-1400"),
    ],
});

/** The keeper takes copy 2 and starts (D8.7). */
tours.add("gendan_doors_keeper", {
    steps: () => [
        { trigger: "button[name=action_start_loading]", run: "click" },
        { trigger: IN("loading") },
    ],
});

/** The merchandiser begins the report from the notice (D6.1). */
tours.add("gendan_doors_report", {
    steps: () => [
        { trigger: "button[name=action_open_report]", run: "click" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: IN("running") },
        { content: "all that is missing is said", trigger: "[name=close_missing]:visible" },
    ],
});

/** Both have counted: the report is closed, the doors too (D6.2–D6.4). */
tours.add("gendan_doors_close", {
    steps: () => [
        { trigger: "button[name=action_close]", run: "click" },
        { trigger: IN("closed") },
        screenshot("merchandiser-loading-report-1400"),
    ],
});

/** The keeper validates the delivery: now it goes through (D8.6). */
tours.add("gendan_doors_deliver", {
    steps: () => [
        { trigger: "button[name=button_validate]", run: "click" },
        { trigger: IN("done") },
    ],
});
