/**
 * The lines of a machine and day lie one behind the other, each as long as its share of the
 * hours that the machine has on that day.
 *
 * @param {Object[]} records plan lines as read: id, workcenter_id, day, sequence, hours
 * @param {Object[]} cells hours of a machine and day: machine, day, available
 * @returns {Map<number, {start: number, width: number}>} in days, from midnight
 */
export function layBars(records, cells) {
    const key = (machine, day) => `${machine} ${day}`;
    const available = new Map(cells.map((cell) => [key(cell.machine, cell.day), cell.available]));
    const inTurn = [...records].sort((a, b) => a.sequence - b.sequence || a.id - b.id);
    const [used, bars] = [new Map(), new Map()];
    for (const record of inTurn) {
        const place = key(record.workcenter_id[0], record.day);
        const width = record.hours / (available.get(place) || 8);
        const start = used.get(place) || 0;
        bars.set(record.id, { start, width });
        used.set(place, start + width);
    }
    return bars;
}

/**
 * @param {number} hours e.g. 7.75
 * @returns {[number, string]} whole hours, and minutes of two digits
 */
export function hoursAndMinutes(hours) {
    const minutes = Math.round(hours * 60);
    return [Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0")];
}
