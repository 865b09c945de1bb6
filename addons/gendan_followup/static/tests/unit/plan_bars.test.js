import { describe, expect, test } from "@odoo/hoot";
import { hoursAndMinutes, layBars } from "@gendan_followup/plan_timeline/bars";

describe.current.tags("headless");

const CELLS = [
    { machine: 1, day: "2026-12-03", available: 8 },
    { machine: 1, day: "2026-12-05", available: 4 },
    { machine: 1, day: "2026-12-06", available: 0 },
];
const line = (id, hours, values = {}) => ({
    id,
    hours,
    sequence: 10,
    day: "2026-12-03",
    workcenter_id: [1, "Bibs"],
    ...values,
});

test("lines of a machine and day follow each other in their order", () => {
    const bars = layBars([line(2, 4), line(1, 2), line(3, 1, { sequence: 5 })], CELLS);
    expect(bars.get(3)).toEqual({ start: 0, width: 1 / 8 });
    expect(bars.get(1)).toEqual({ start: 1 / 8, width: 2 / 8 });
    expect(bars.get(2)).toEqual({ start: 3 / 8, width: 4 / 8 });
});

test("a bar is as long as its share of that day's hours", () => {
    const bars = layBars([line(1, 2), line(2, 2, { day: "2026-12-05" })], CELLS);
    expect(bars.get(1).width).toBe(1 / 4);
    expect(bars.get(2)).toEqual({ start: 0, width: 1 / 2 });
});

test("other machines and days off are no obstacle", () => {
    const bars = layBars(
        [line(1, 8), line(2, 4, { workcenter_id: [2, "Wipes"] }), line(3, 4, { day: "2026-12-06" })],
        CELLS
    );
    expect(bars.get(2)).toEqual({ start: 0, width: 1 / 2 });
    expect(bars.get(3)).toEqual({ start: 0, width: 1 / 2 });
});

test("hours are read as hours and minutes", () => {
    expect(hoursAndMinutes(7.75)).toEqual([7, "45"]);
    expect(hoursAndMinutes(0.1)).toEqual([0, "06"]);
    expect(hoursAndMinutes(1.9999)).toEqual([2, "00"]);
});
