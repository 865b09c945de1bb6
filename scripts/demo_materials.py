"""The materials room of the demo factory: needs, plates, cartons and deliveries in every state.

Nordpark's plates are being engraved and its carton waits for the salesperson; film is
bought for two notices together; bags stand exactly at their limit; deliveries were checked,
not checked, or are still expected; packaging ran out and was counted.
"""

import base64
import io
import re

from PIL import Image, ImageDraw

from odoo.fields import Command

from odoo.addons.gendan_followup.demo.steps.pictures import picture

PLATE_COLOURS = ("#0b6e4f", "#f2b705", "#d7263d", "#1b998b", "#2e294e", "#f46036", "#8d99ae")


def artwork(title, text):
    """Return the artwork of a bag as base64: front panel, colour marks and cut lines."""
    image = Image.new("RGB", (1200, 840), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, 1140, 700), outline="#444444", width=3)
    draw.rectangle((120, 110, 1080, 650), fill="#e7f4ee")
    draw.ellipse((160, 170, 520, 530), fill="#0b6e4f")
    for number, (x, y) in enumerate(((250, 260), (330, 330), (240, 380), (360, 240))):
        draw.ellipse((x, y, x + 90, y + 60), fill=PLATE_COLOURS[number + 1])
    draw.text((570, 210), title, fill="#0b6e4f", font_size=76)
    draw.text((570, 320), text, fill="#2e294e", font_size=44)
    draw.rectangle((570, 520, 830, 610), fill="white")
    for bar in range(40):
        if bar * 7 % 3:
            draw.rectangle((580 + bar * 6, 528, 582 + bar * 6, 590), fill="black")
    draw.text((60, 24), "| 200 mm |  front  |  seal 10 mm |", fill="#888888", font_size=24)
    for number, colour in enumerate(PLATE_COLOURS):
        draw.rectangle((60 + number * 70, 740, 110 + number * 70, 790), fill=colour)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return base64.b64encode(stream.getvalue()).decode()


def need_of(notice, code, book):
    """Return the need of ``notice`` for a material, as the system keeps it."""
    return notice.sudo().need_ids.filtered(
        lambda need: need.product_id == book.factory.ref(code) and not need.is_supplement)


def answered(book, notice, merchandiser, days_back, promised=5):
    """Keepers and production answer: what is there is there, the rest comes (D2.5, D2.6)."""
    with book.at(days_back, "09:00"):
        book.by(notice, merchandiser).action_ask_materials()
    with book.at(days_back, "09:20"):
        for enquiry in book.by(notice.sudo().eta_enquiry_ids, "E14"):
            need = enquiry.sudo().need_id
            enquiry.action_answer(
                "", on_hand=need.netted if need.net else need.gross,
                promised_date=need.net and book.due(promised).date())
        for enquiry in book.by(notice.sudo().capability_ids, "E12"):
            enquiry.action_answer("limits", speed=40, limits="最快每分钟 40 包")
    with book.at(days_back, "10:30"):
        book.by(notice.sudo().capability_ids, "E03").action_accept_limits()


def grade_of(line):
    """Return the board grade that the carton of a line is called by, e.g. 五层 A=A."""
    named = re.search(r"[三五七]层 \w=\w", line.carton_version_id.name or "")
    return named.group() if named else "五层 K=K"


def specified(book, line, merchandiser, seller=None, size=None):
    """Write the carton specification of a line and put it before the salesperson (D3.6)."""
    spec = book.by(book.env["gendan.carton.specification"], merchandiser).create({
        "notice_line_id": line.id, "board_grade": grade_of(line), "mark_image": picture("carton")})
    spec.action_ask()
    if seller:
        book.by(spec, seller).action_confirm()
        book.by(spec, merchandiser).action_set_size(*size)
    return spec


def bought(book, needs, quantity, number, supplier, days, unit=None, shares=None):
    """Order ``quantity`` for one or several needs, promised in so many days."""
    product = needs.product_id
    offer = product.seller_ids.filtered(lambda one: one.product_id in (product, one.product_id))
    order = book.by(book.env["purchase.order"], number).create({
        "partner_id": book.factory.ref(supplier).id,
        "order_line": [Command.create({
            "product_id": product.id, "product_qty": quantity, "price_unit": offer[:1].price,
            "date_planned": book.due(days),
            **({"product_uom_id": book.factory.ref(unit).id} if unit else {}),
            "allocation_ids": [Command.create({"need_id": need.id, "quantity": share})
                               for need, share in zip(needs, shares or [quantity], strict=True)],
        })]})
    order.button_confirm()
    return order


def checked_in(book, order, number, quantity, lot, skip=False):
    """Check a delivery in on the phone: every point OK, a photo, or 未检 in one tap (X13)."""
    move = order.sudo().picking_ids.move_ids.filtered(lambda one: one.state != "done")[:1]
    template = book.env["gendan.check.template"]._template_of(
        move._incoming_kind(), move.company_id)
    answers = {} if skip else {
        str(point.id): {"result": "ok", **({"photo": picture("rolls")} if not index else {})}
        for index, point in enumerate(template.line_ids)}
    refused = book.by(move.picking_id, number).action_sync([{
        "key": lot, "kind": "receive", "move": move.id, "lot": lot, "quantity": quantity,
        "answers": answers, "skip": skip}])
    if any(refused.values()):
        raise AssertionError(refused)


# ------------------------------------------------------------------- the stories


def nordpark_materials(book):
    """C01: special fabric ordered, seven cylinders being engraved, the carton with 陈立 (S01)."""
    notice = book.env["sale.order"].search(
        [("client_order_ref", "=", "NP-26117")]).sudo().notice_id
    answered(book, notice, "E10", 3, promised=9)
    with book.at(3, "10:35"):
        fabric = need_of(notice, "RM03", book)
        bought(book, fabric, 379, "E10", "V01", 9, "uom_roll_14_40", [fabric.net])
        book.try_in_vain(bought, book, need_of(notice, "PK01_v2", book), 42840, "E10", "V03", 14)
    with book.at(3, "11:00"):
        job = book.by(book.env["gendan.plate.job"], "E10").create({
            "product_id": book.factory.ref("PK01_v2").id, "colours": 7,
            "notice_line_id": notice.line_ids.id, "supplier_id": book.factory.ref("V03").id,
            "artwork": artwork("NORDPARK", "Eco Baby Wipes\n60 pcs"),
            "artwork_name": "NP-60-v2.png"})
        job.action_submit_artwork()
    with book.at(3, "15:10"):
        book.by(job, "E03").action_approve_artwork()
    with book.at(2, "09:30"):
        book.by(job, "E03").action_customer_approved("Approved, please go ahead. Nordpark")
    with book.at(1, "10:20"):
        specified(book, notice.line_ids, "E10")


def sunrise_new_bag(book):
    """C02's next bag version: its artwork lies with 吴婷 (D2.8)."""
    with book.at(2, "10:00"):
        job = book.by(book.env["gendan.plate.job"], "E11").create({
            "product_id": book.factory.ref("PK04_v2").id, "colours": 4,
            "salesperson_id": book.factory.ref("user_E04").id,
            "supplier_id": book.factory.ref("V03").id,
            "artwork": artwork("SUNRISE", "Baby bibs\n20 pcs"), "artwork_name": "SUN-20-v2.png"})
        job.action_submit_artwork()


def film_for_two_notices(book):
    """C03: the supplier's 300 kg are more than one notice may buy, two together may (S04)."""
    notices = []
    for packs, reference, days in ((30_000, "CL-921", 24), (12_000, "CL-922", 30)):
        with book.at(8, "08:50"):
            order = book.enter("E04", "C03", [("F03", packs, 0.58)], days,
                               client_order_ref=reference, destination="Valparaíso")
        book.make_valid(order, "E04", "E10", 8)
        with book.at(7, "08:40"):
            notice = book.by(order, "E10").notice_id
            notice.action_check_stock()
            notice.action_release()
        answered(book, notice, "E10", 6)
        with book.at(6, "13:30"):
            specified(book, notice.line_ids, "E10", "E04", (425, 330, 290))
        notices.append(notice)
    film = need_of(notices[0], "PK03_v1", book) | need_of(notices[1], "PK03_v1", book)
    with book.at(6, "14:00"):
        book.try_in_vain(bought, book, film[0], 300, "E10", "V03", 6, "uom_film_PK03_v1",
                         [45_000])
        order = bought(book, film, 300, "E10", "V03", 6, "uom_film_PK03_v1", [30_000, 12_000])
    with book.at(1, "09:40"):
        checked_in(book, order, "E15", 120, "PK03-V1-2611A")
    with book.at(1, "15:20"):
        checked_in(book, order, "E15", 60, "PK03-V1-2611B", skip=True)


def bags_at_their_limit(book):
    """C06's soft tissues: exactly 20 % above the net need, nothing more may be bought."""
    with book.at(7, "09:00"):
        order = book.enter("E05", "C06", [("F15", 9600, 6.3)], 18, client_order_ref="BL-1071")
    book.make_valid(order, "E05", "E10", 7)
    with book.at(6, "08:50"):
        notice = book.by(order, "E10").notice_id
        notice.action_check_stock()
        notice.action_release()
    answered(book, notice, "E10", 5)
    bags = need_of(notice, "PK05_v2", book)
    with book.at(5, "10:40"):
        bought(book, bags, bags.limit_quantity, "E10", "V03", 4)
        book.try_in_vain(bought, book, bags, 1, "E10", "V03", 4)


def out_of_bags(book):
    """Packing ran out of neutral bags: counted 200 short; cartons are not counted yet (L-K3)."""
    line = book.env["sale.order"].search(
        [("client_order_ref", "=", "HJ-3402")], limit=1).sudo().notice_id.line_ids
    with book.at(2, "10:20"):
        count = book.by(book.env["gendan.stock.shortage"], "E13").create({
            "notice_line_id": line.id, "product_id": book.factory.ref("PK90_v1").id,
            "lot_id": book.env["stock.lot"].search([
                ("product_id", "=", book.factory.ref("PK90_v1").id)], limit=1).id,
            "note": "包装停线, 账上还有"})
    with book.at(2, "10:50"):
        book.by(count, "E15").action_count(count.sudo().book_reported - 200)
    with book.at(1, "16:05"):
        book.by(book.env["gendan.stock.shortage"], "E13").create({
            "notice_line_id": line.id, "product_id": book.factory.ref("PK91_v1").id,
            "note": "纸箱不够装完"})


def spoiled_bags(book):
    """200 bags were burnt at the seal: scrapped, the supplement waits for 徐志强 (X14)."""
    notice = book.env["sale.order"].search(
        [("client_order_ref", "=", "SUN-5388")]).sudo().notice_id
    bag = book.factory.ref("PK04_v1")
    with book.at(1, "11:10"):
        # scrapping is core's own work, done by whoever keeps the stores
        scrap = book.env["stock.scrap"].create({
            "product_id": bag.id, "scrap_qty": 200, "company_id": notice.company_id.id,
            "location_id": book.factory.ref("warehouse").lot_stock_id.id,
            "lot_id": book.env["stock.lot"].search([("product_id", "=", bag.id)], limit=1).id})
        scrap.do_scrap()
        book.by(book.env["gendan.supplement"], "E11").create({
            "notice_line_id": notice.line_ids.id, "product_id": bag.id, "quantity": 200,
            "reason": "热封温度过高, 烫坏 200 个", "scrap_ids": [Command.set(scrap.ids)]})


def handed_out(book):
    """马丽 hands bags out, 邓梅 looks again; a second slip still waits for her (L-K4, L-Q3)."""
    line = book.env["sale.order"].search(
        [("client_order_ref", "=", "HJ-3391")]).sudo().notice_id.line_ids
    bag = book.factory.ref("PK02_v3")
    lot = book.env["stock.lot"].search([("product_id", "=", bag.id)], limit=1)
    for clock, quantity, looked in (("08:00", 2400, True), ("13:10", 1200, False)):
        with book.at(1, clock):
            slip = book.by(book.env["gendan.material.issue"], "E15").create({
                "notice_line_id": line.id, "product_id": bag.id, "lot_id": lot.id,
                "quantity": quantity})
            slip.action_issue()
            book.by(slip, "E13").action_take()
            if looked:
                sheet = book.by(slip.sudo().recheck_id, "E21")
                sheet.line_ids.write({"result": "ok"})
                sheet.action_close()


MATERIALS = (nordpark_materials, sunrise_new_bag, film_for_two_notices, bags_at_their_limit,
             out_of_bags, spoiled_bags, handed_out)
