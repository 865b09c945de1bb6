import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Output extends models.Model {
    _name = "output";

    machine = fields.Char();
    packs = fields.Float({ digits: [16, 2], aggregator: "sum" });
    hours = fields.Float({ digits: [16, 1], aggregator: "sum" });

    _records = [
        { id: 1, machine: "A", packs: 12000, hours: 2.5 },
        { id: 2, machine: "A", packs: 0.5, hours: 1.25 },
        { id: 3, machine: "B", packs: 800, hours: 3 },
    ];
}

defineMailModels();
defineModels([Output]);

const ARCH = `
    <list>
        <field name="machine" />
        <field name="packs" sum="Packs" options="{'hide_trailing_zeros': True}" />
        <field name="hours" sum="Hours" />
    </list>`;

test("a sum is written as its column is", async () => {
    await mountView({ type: "list", resModel: "output", arch: ARCH });
    expect(queryAllTexts(".o_list_footer .o_list_number")).toEqual(["12,800.5", "6.8"]);
});

test("and so is the sum of a group", async () => {
    await mountView({ type: "list", resModel: "output", arch: ARCH, groupBy: ["machine"] });
    expect(queryAllTexts(".o_group_header .o_list_number")).toEqual([
        "12,000.5", "3.8", "800", "3.0",
    ]);
    expect(queryAllTexts(".o_list_footer .o_list_number")).toEqual(["12,800.5", "6.8"]);
});
