import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";
import { screenshot } from "./steps";

const PO = "NP-TOUR-26117";
const STEP = (name, state) => `.o_gendan_steps li[data-step=${name}].o_gendan_${state}`;

/** The customer's order as a picture, as it would come by chat. */
async function customerOrder() {
    const canvas = Object.assign(document.createElement("canvas"), { width: 600, height: 760 });
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, 600, 760);
    context.fillStyle = "black";
    context.font = "28px serif";
    context.fillText("Nordpark Baby AB", 40, 70);
    context.font = "20px serif";
    [
        `PURCHASE ORDER ${PO}`,
        "NP-2060  Nordpark Eco Baby Wipes 60",
        "40,800 packs, 24 per carton = 1,700 cartons",
        "200 × 180 mm, 60 g/m², 100% viscose",
        "USD 0.62 per pack",
        "Port: Göteborg",
    ].forEach((text, index) => context.fillText(text, 40, 130 + index * 44));
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    return new File([blob], `${PO}.png`, { type: "image/png" });
}

function openRow(text) {
    return {
        content: `open ${text}`,
        trigger: `.o_data_row:contains("${text}") td[name=name]`,
        run: "click",
    };
}

registry.category("web_tour.tours").add("gendan_order_salesperson", {
    steps: () => [
        { content: "my orders are the first screen", trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Nordpark",
        },
        {
            trigger: '.o-autocomplete--dropdown-item a:contains("Nordpark Baby AB")',
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=client_order_ref] input",
            run: `edit ${PO}`,
        },
        { trigger: ".o_field_widget[name=destination] input", run: "edit Göteborg" },
        { trigger: ".o_field_widget[name=delivery_day] input", run: "edit +30d" },
        {
            content: "add a line",
            trigger: ".o_field_x2many_list_row_add a:first-child",
            run: "click",
        },
        {
            trigger: ".o_selected_row div[name=product_template_id] input",
            run: "edit F02",
        },
        {
            trigger: '.o-autocomplete--dropdown-item a:contains("F02")',
            run: "click",
        },
        {
            content: "the specification fills itself",
            trigger: '.o_gendan_card [data-spec=fibre]:contains("粘胶")',
        },
        { trigger: ".o_selected_row [name=product_uom_qty] input", run: "edit 40800" },
        { trigger: ".o_selected_row [name=price_unit] input", run: "edit 0.62" },
        { content: "leave the line", trigger: "a[name=order_lines]", run: "click" },
        { trigger: '.o_gendan_card_head:contains("1,700")' },
        {
            content: "attach the customer's own order",
            trigger: ".o_gendan_documents .o_gendan_attach",
            run: async () =>
                inputFiles(".o_gendan_documents input[type=file]", [await customerOrder()]),
        },
        { trigger: ".o_gendan_document img" },
        screenshot("salesperson-1400"),
        { trigger: "button[name=action_submit]", run: "click" },
        { trigger: STEP("submitted", "done") },
        { content: "the notice has its number", trigger: "button[name=action_open_notice]" },
    ],
});

registry.category("web_tour.tours").add("gendan_order_merchandiser", {
    steps: () => [
        openRow(PO),
        { content: "the customer's order stands beside", trigger: ".o_gendan_document img" },
        { trigger: ".o_gendan_verification section[data-group='1_size']:contains(200×180)" },
        screenshot("merchandiser-1400"),
        { trigger: ".o_gendan_tick_all", run: "click" },
        {
            content: "every point is ticked",
            trigger: ".o_gendan_verification:not(:has(button.o_gendan_tick))",
        },
        { trigger: "#gendan_verify, button[name=action_verify]", run: "click" },
        { trigger: STEP("verified", "done") },
    ],
});

/** Read the sign page, sign, and find the order gone from the list. */
function signSteps(role, figure) {
    return [
        openRow(PO),
        { trigger: `.o_gendan_sign ${figure}` },
        { trigger: ".o_gendan_document img" },
        screenshot(`${role.replace("_", "-")}-1400`),
        { trigger: `.o_gendan_sign_bar button[name=action_sign_${role}]`, run: "click" },
        {
            content: "signed: the button is gone, or the next order is there",
            trigger: `body:not(:has(.o_gendan_sign:contains("${PO}") button[name=action_sign_${role}]))`,
        },
        { trigger: `button[data-menu-xmlid="gendan_followup.menu_home"]`, run: "click" },
        {
            content: "back to what waits",
            trigger: `[data-menu-xmlid="gendan_followup.menu_order_to_sign_${role}"]`,
            run: "click",
        },
        {
            content: "it waits no more",
            trigger: `.o_action_manager:has(.o_list_view):not(:has(.o_data_row:contains("${PO}")))`,
        },
    ];
}

registry.category("web_tour.tours").add("gendan_order_finance", {
    steps: () => signSteps("finance", ".o_field_widget[name=deposit_needed]"),
});

registry.category("web_tour.tours").add("gendan_order_sales_manager", {
    steps: () => signSteps("sales_manager", ".o_gendan_prices article:contains(F02)"),
});

registry.category("web_tour.tours").add("gendan_order_release", {
    steps: () => [
        { content: "before the release: what is missing", trigger: ".o_gendan_notice .alert-info" },
        { trigger: "button[name=action_check_stock]", run: "click" },
        { trigger: ".o_field_widget[name=stock_check_line_ids] .o_data_row" },
        { trigger: "button[name=action_release]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=released]" },
        screenshot("merchandiser-release-1400"),
    ],
});

registry.category("web_tour.tours").add("gendan_notice_phone", {
    steps: () => [
        {
            content: "the released notices",
            trigger: '.o_kanban_record:contains("Nordpark Eco")',
            run: "click",
        },
        { trigger: '.o_gendan_notice .o_gendan_paper_product:contains("F02")' },
        { content: "no price anywhere", trigger: ".o_gendan_notice:not(:contains(0.62))" },
        screenshot("production-390"),
    ],
});
