from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...calc.working_time import local

# what a card of the board shows; all of it stored, so that the board costs what its rows cost
CARD = ("name", "state", "day", "hour_from", "hour_to", "vehicle_id", "plate", "driver_id",
        "hired_driver", "hired_plate", "volume", "weight", "max_volume", "max_payload",
        "stops_text", "loaded_at", "staged_at", "checked_at", "is_load_late", "departed_at",
        "returned_at", "notes_open")
LONGEST = 31
HALVES = ((8.0, 12.0), (13.0, 17.0))


class Dispatch(models.Model):
    """The dispatcher's board: vehicles down, days across, and what still needs a truck (D8.1)."""

    _inherit = "gendan.dispatch"

    @api.model
    def board(self, first=False, days=6):
        """Return what the board of ``days`` days from ``first`` shows.

        The number of queries depends neither on the trips shown nor on their history.

        :param first: the first day, today when empty
        :param int days: how many, up to a month
        :return: days, rows (vehicles), trips, notices that need a truck, and goods of the next
            day that nobody has given a notice for (D8.2, D8.3)
        """
        company = self.env.company
        today = company._company_today()
        first = fields.Date.to_date(first) or today
        span = [fields.Date.add(first, days=index)
                for index in range(min(max(int(days), 1), LONGEST))]
        trips = self._board_trips(company, span, today)
        return {
            "today": fields.Date.to_string(today),
            "days": [{"date": fields.Date.to_string(day), "working": working,
                      "is_today": day == today}
                     for day, working in zip(span, company._working_days(span), strict=True)],
            "rows": self._board_rows(company, trips), "trips": trips._board_cards(span, today),
            "notices": self._board_notices(company, span),
            "missing": self._board_missing(company),
            "remind_at": company.shipping_remind_hour,
            "may_plan": self.env["gendan.shipping.notice"]._may_decide(),
        }

    @api.model
    def _board_trips(self, company, span, today):
        """Return the trips of these days, and with today who has been out since before them."""
        shown = Domain("day", "in", span)
        if today in span:
            shown |= Domain("state", "=", "out") & Domain("day", "<", span[0])
        return self.search_fetch(
            shown & Domain("company_id", "=", company.id) & Domain("state", "!=", "cancel"),
            CARD, order="day, hour_from, id")

    @api.model
    def _board_rows(self, company, trips):
        """Return our vehicles, then the hired trucks of these days."""
        vehicles = self.env["fleet.vehicle"].sudo().search(
            [("company_id", "in", (False, company.id))], order="license_plate")
        drivers = vehicles._usual_drivers()
        today = company._company_today()
        rows = [{
            "key": f"v{vehicle.id}", "vehicle_id": vehicle.id,
            "plate": vehicle.license_plate or vehicle.display_name,
            "volume": vehicle.category_id.volume_capacity,
            "payload": vehicle.category_id.weight_capacity,
            "driver": drivers[vehicle].name or "", "warning": vehicle._papers_warning(today),
        } for vehicle in vehicles]
        hired = trips.filtered(lambda trip: not trip.vehicle_id).grouped(
            lambda trip: trip.hired_plate or "")
        return rows + [{
            "key": f"h{plate}", "vehicle_id": False, "plate": plate, "hired": True,
            "volume": max(of_plate.mapped("max_volume")),
            "payload": max(of_plate.mapped("max_payload")), "driver": "", "warning": "",
        } for plate, of_plate in sorted(hired.items())]

    def _board_cards(self, span, today):
        """Return the cards; a truck still out from before ``span`` stands on today's column."""
        # counted by the database: the notices behind the stops are not needed here
        open_goods = {trip.id: count for trip, count in self.env[
            "gendan.dispatch.stop"]._read_group([
                ("dispatch_id", "in", self.ids), ("shipping_id", "!=", False),
                ("shipping_id.goods_confirmed_at", "=", False),
                ("shipping_id.is_same_day", "=", False)], ["dispatch_id"], ["__count"])}
        zone = self.env.company.gendan_tz
        # few drivers, days and columns stand behind many trips
        drivers = {driver.id: driver.display_name for driver in self.driver_id}
        shown, text = set(span), fields.Date.to_string
        columns = {day: (text(day), "") if day in shown else (text(today), text(day))
                   for day in set(self.mapped("day"))}

        def clock(moment):
            return local(moment, zone).strftime("%m-%d %H:%M") if moment else ""

        return [{
            "id": trip.id, "name": trip.name, "state": trip.state,
            "day": day, "since": since,
            "hours": [trip.hour_from, trip.hour_to],
            "row": f"v{trip.vehicle_id.id}" if trip.vehicle_id else f"h{trip.hired_plate or ''}",
            "driver": drivers.get(trip.driver_id.id) or trip.hired_driver or "",
            "volume": trip.volume, "weight": trip.weight, "max_volume": trip.max_volume,
            "max_payload": trip.max_payload, "stops": trip.stops_text or "",
            "loaded": clock(trip.loaded_at), "staged": clock(trip.staged_at),
            "checked": clock(trip.checked_at), "late": trip.is_load_late,
            "departed": clock(trip.departed_at), "returned": clock(trip.returned_at),
            "notes_open": trip.notes_open, "goods_open": open_goods.get(trip.id, 0),
        } for trip in self for day, since in [columns[trip.day]]]

    @api.model
    def _board_notices(self, company, span):
        """Return the notices of these days of which cartons still stand on no truck."""
        notices = self.env["gendan.shipping.notice"].search_fetch([
            ("company_id", "=", company.id), ("state", "in", ("submitted", "accepted", "loading")),
            ("ship_date", ">=", span[0]), ("ship_date", "<=", span[-1])],
            ["name", "state", "ship_date", "partner_id", "cartons", "volume", "weight",
             "destination", "is_same_day", "is_late", "goods_confirmed_at"],
            order="ship_date, id", limit=200)
        placed = {}
        for shipping, cartons, whole in self.env["gendan.dispatch.stop"]._read_group(
                [("shipping_id", "in", notices.ids), ("dispatch_id.state", "!=", "cancel")],
                ["shipping_id"], ["cartons:sum", "cartons:min"]):
            placed[shipping.id] = shipping.cartons if not whole else cartons
        issued = {shipping.id for shipping, in self.env["gendan.issue.slip"]._read_group(
            [("shipping_id", "in", notices.ids), ("state", "=", "issued")], ["shipping_id"])}
        # a customer's name is printed on the notice itself
        customers = {partner.id: partner.name for partner in notices.partner_id.sudo()}
        days = {day: fields.Date.to_string(day) for day in span}
        rows = []
        for one in notices:
            cartons, confirmed = one.cartons, bool(one.goods_confirmed_at)
            left = cartons - placed.get(one.id, 0)
            if left > 0 or not confirmed:
                rows.append({
                    "id": one.id, "name": one.name, "state": one.state,
                    "day": days[one.ship_date],
                    "customer": customers.get(one.partner_id.id, False),
                    "place": one.destination or "", "cartons": cartons, "left": left,
                    "volume": one.volume, "weight": one.weight, "slip": one.id in issued,
                    "same_day": one.is_same_day, "late": one.is_late, "confirmed": confirmed})
        return rows

    @api.model
    def _board_missing(self, company):
        """Return goods due on the next working day without a notice, and who was asked when."""
        reminders = self.env["gendan.shipping.reminder"]
        due = reminders.browse()._due_ahead(company)
        asked = {(row.notice_id, row.day): row for row in reminders.search(
            [("notice_id", "in", due.ids)])}
        rows = []
        for notice in due:
            row = asked.get((notice, notice.delivery_date))
            rows.append({
                "id": notice.id, "name": notice.name, "customer": notice.partner_id.sudo().name,
                "day": fields.Date.to_string(notice.delivery_date),
                "salesperson": notice.salesperson_id.name or "",
                "reminded": row and row.reminded_at and local(
                    row.reminded_at, company.gendan_tz).strftime("%H:%M") or "",
                "postponed": row and row.state == "postponed" and fields.Date.to_string(
                    row.new_day) or "",
            })
        return rows

    @api.model
    def board_place(self, shipping_id, vehicle_id=False, dispatch_id=False):
        """Put a notice on a truck, from the board: on a trip that is planned, or on a new one.

        The trip passes the gates of every trip; what does not fit is refused with its figures.

        :param int shipping_id: the notice; the trip is on its day
        :param int vehicle_id: whose free half day is taken
        :param int dispatch_id: or the planned trip that takes it along
        :return: the id of the trip
        """
        shipping = self.env["gendan.shipping.notice"].browse(shipping_id)
        shipping.check_access("read")
        if dispatch_id:
            trip = self.browse(dispatch_id)
            if trip.day != shipping.ship_date:
                raise UserError(self.env._(
                    "%(notice)s leaves on %(day)s, %(trip)s drives on %(other)s.",
                    notice=shipping.name, day=shipping.ship_date, trip=trip.name, other=trip.day))
            trip.write({"stop_ids": [Command.create({"shipping_id": shipping.id})]})
            return trip.id
        vehicle = self.env["fleet.vehicle"].sudo().browse(vehicle_id)
        driver = vehicle._usual_drivers()[vehicle]
        start, end = self._free_half(shipping.ship_date, vehicle, driver)
        return self.create({
            "day": shipping.ship_date, "vehicle_id": vehicle.id, "driver_id": driver.id,
            "hour_from": start, "hour_to": end,
            "stop_ids": [Command.create({"shipping_id": shipping.id})]}).id

    @api.model
    def _free_half(self, day, vehicle, driver):
        """Return the first half of ``day`` in which both are free; the morning when none is."""
        taken = self.sudo().search([
            ("day", "=", day), ("state", "!=", "cancel"), "|", ("vehicle_id", "=", vehicle.id),
            "&", ("driver_id", "!=", False), ("driver_id", "=", driver.id)])
        for start, end in HALVES:
            if not any(trip.hour_from < end and trip.hour_to > start for trip in taken):
                return start, end
        return HALVES[0]
