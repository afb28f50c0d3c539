"""Fresh goods: marked down in the back office, sold at the till by their new label."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from pos_app.domain.journal import EntryKind
from pos_app.domain.markdown import Ladder, Rung
from pos_app.domain.reduction import StepKind
from pos_app.i18n import _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.services.traced_goods import shop_today
from pos_app.values.percentage import Percentage
from tests.builders_labels import codes_in
from tests.journeys.screen_till import FIRST_GTIN, ScreenTill
from tests.journeys.worked_by_hand import figure, replay, steps_of
from ui.format import amount
from ui.presenters.markdown import MarkdownPart

MANAGER = "1005"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    way = Connection(ConnectionKind.FOLDER, str(till.folder.slips))
    device = DeviceSettings(
        "labels", DeviceCategory.LABEL_PRINTER, "", "label_virtual", way
    )
    book, stamp = till.till.device_book, till.work.counter.desk.stamp()
    book.adopt(book.begin_put(stamp, device).result())
    till.till.devices.use(till.till.device_settings())
    return till


def part(till: ScreenTill) -> MarkdownPart:
    found = till.flow.features.back_office.part
    assert isinstance(found, MarkdownPart)
    return found


def with_ladder(till: ScreenTill, above: str = "0") -> None:
    rungs = (
        Rung(2, 0, Percentage.parse("20")),
        Rung(0, 0, Percentage.parse("50")),
    )
    ladder = Ladder("", 0, rungs, Percentage.parse(above))
    till.work.upkeep.catalog_change(till.work.counter.markdown.put(ladder))()
    till.clock.ahead_s += 2


def go(till: ScreenTill) -> None:
    till.press("tab_office")
    till.press("go-markdown")


def fact(till: ScreenTill, label: str) -> str:
    (facts,) = (x for x in part(till).state.fields if x.key == "facts")
    return {x.key: x.words for x in facts.options}[label]


def printed(till: ScreenTill) -> list[str]:
    till.wait(lambda: bool(sorted(till.folder.slips.glob("*-label-*.png"))))
    file = max(till.folder.slips.glob("*-label-*.png"))
    return codes_in(Image.open(io.BytesIO(file.read_bytes())))


def scannable(code: str) -> str:
    plain = code.replace("(", "").replace(")", "")
    return f"]d2{plain}" if code.startswith("(01)") else f"]C1{plain}"


def mark(till: ScreenTill, days: str) -> list[str]:
    """Mark the first goods down on a day; what stands on the printed label."""
    go(till)
    till.scan(FIRST_GTIN)
    till.press(f"act-{days}")
    till.press("act-markPrint")
    found = printed(till)
    till.wait(lambda: not part(till).is_working)
    till.press("tab_sale")
    return found


def test_marked_goods_are_sold_at_their_new_price_on_a_line_of_their_own(office):
    with_ladder(office)
    unit = office.work.counter.sale.look_up(FIRST_GTIN).unit
    shelf = unit.price.minor
    go(office)
    office.scan(FIRST_GTIN)
    office.sees("–")
    office.press("act-day_1")
    reduced = shelf - (shelf * 20 + 50) // 100
    assert part(office).count == 1
    assert part(office).marked()[0][1].minor == reduced
    office.scan(FIRST_GTIN)
    office.press("act-markPrint")
    codes = printed(office)
    assert len(codes) == 2
    office.wait(lambda: not part(office).pieces)
    (entry,) = office.journal(EntryKind.GOODS_MARKED_DOWN)
    assert (entry["count"], entry["minor"]) == (2, reduced)
    office.press("tab_sale")
    office.scan(FIRST_GTIN, *map(scannable, codes), FIRST_GTIN)
    assert [line.quantity for line in office.lines] == [2, 1, 1]
    day = shop_today(office.work.counter.desk) + timedelta(1)
    assert {line.trace.use_by for line in office.lines[1:]} == {day}
    priced = office.work.counter.sale.priced
    assert [x.total_minor for x in priced.lines] == [2 * shelf, reduced, reduced]
    step = priced.lines[1].steps[0]
    assert (step.kind, step.name) == (StepKind.MARKED_DOWN, day.isoformat())
    office.sees(_("Marked down, use by {day}", day=f"{day:%m-%d}"))
    sale = office.pay_cash()
    assert sale.priced.total_minor == 2 * shelf + 2 * reduced
    assert sale.lines[1].trace.use_by == day


def test_a_label_that_somebody_changed_is_refused_and_journalled(office):
    with_ladder(office)
    code = next(x for x in mark(office, "day_0") if x.startswith("(01)"))
    wrong = scannable(code[:-3] + "001")
    office.scan(wrong)
    assert office.lines == ()
    assert office.beeps
    outcomes = [x["outcome"] for x in office.journal(EntryKind.GOODS_MARKED_DOWN)]
    assert outcomes == ["made", "refused"]


def test_after_its_last_day_a_reduced_label_is_expired_goods(office):
    with_ladder(office)
    code = next(x for x in mark(office, "day_0") if x.startswith("(91)"))
    office.clock.ahead_s += 24 * 3600
    office.scan(scannable(code))
    assert office.dialog == "expiredQuestion"


def test_the_floor_holds_the_price_and_the_screen_says_so(office):
    with_ladder(office, above="100")
    cost = part_cost(office, FIRST_GTIN)
    go(office)
    office.scan(FIRST_GTIN)
    office.press("act-day_0")
    ((_piece, proposal),) = part(office).marked()
    assert proposal.before_minor - proposal.off_minor < 2 * cost == proposal.minor
    (facts,) = (x.options for x in part(office).state.fields if x.key == "facts")
    assert _("Price on the label, held by the floor") in {x.key for x in facts}


def part_cost(till: ScreenTill, code: str) -> int:
    unit = till.work.counter.sale.look_up(code).unit
    item = till.work.counter.desk.catalog.listing.item(unit.item_id)
    return next(x.cost_minor for x in item.units if x.unit_id == unit.unit_id)


def test_a_ladder_is_written_and_holds_at_once(office):
    go(office)
    office.scan(FIRST_GTIN)
    assert any(x.key == "why_not" for x in part(office).state.fields)
    office.press("segment-markdownViews-ladders")
    office.press("officeAdd")
    part(office).on_edited("off_0", "8.5")  # 折: what is left to pay
    office.press("officeSave")
    office.wait(lambda: part(office).service.ladders() and not part(office).is_working)
    (ladder,) = part(office).service.ladders()
    assert (ladder.target, ladder.version, len(ladder.rungs)) == ("", 1, 3)
    part(office).on_edited("hour_2", "18:30")
    office.press("officeSave")
    office.wait(lambda: part(office).service.ladders()[0].version == 2)
    office.wait(lambda: not part(office).is_working)
    office.press("segment-markdownViews-pieces")
    office.scan(FIRST_GTIN)
    office.press("act-day_1")
    ((_piece, proposal),) = part(office).marked()
    assert proposal.rung.off == Percentage.parse("15")
    assert fact(office, _("Shelf price"))


def test_the_day_on_the_pack_s_own_code_is_taken(office):
    with_ladder(office)
    day = shop_today(office.work.counter.desk) + timedelta(2)
    go(office)
    office.scan(f"]d201{FIRST_GTIN.rjust(14, '0')}15{day:%y%m%d}10L7")
    ((piece, _proposal),) = part(office).marked()
    assert (piece.day, piece.is_best_before) == (day, True)


def test_what_was_sold_and_what_is_left_stands_in_a_list_of_its_own(office):
    with_ladder(office)
    go(office)
    office.scan(FIRST_GTIN)
    office.press("act-day_0")
    for _piece in range(2):
        office.scan(FIRST_GTIN)
    office.press("act-markPrint")
    code = scannable(printed(office)[0])
    office.wait(lambda: not part(office).is_working)
    office.press("tab_sale")
    office.scan(code)
    sale = office.pay_cash()
    office.clock.ahead_s += 24 * 3600
    go(office)
    office.press("segment-markdownViews-results")
    office.wait(lambda: len(part(office).state.rows) == 2)
    assert part(office).state.filter == "7"
    whole, goods = part(office).state.rows
    assert whole.title == _("All goods")
    assert goods.title == sale.lines[0].name
    part(office).on_row(goods.key)
    cost = part_cost(office, FIRST_GTIN)
    assert fact(office, _("Pieces labelled")) == "3"
    paid = amount(sale.priced.lines[0].total_minor, office.work.currency)
    assert fact(office, _("Sold by their labels")) == f"1 · {paid}"
    assert fact(office, _("Not sold by the last day, at cost")).startswith("2 · ")
    lost = fact(office, _("Not sold by the last day, at cost"))
    assert lost == f"2 · {amount(2 * cost, office.work.currency)}"
    assert any(x.key == "write_off" for x in part(office).state.fields)
    office.scan(FIRST_GTIN)  # whoever goes on marking down is back among the pieces
    assert part(office).state.view == "pieces"


@pytest.mark.slow
def test_a_marked_label_says_its_own_price_and_why(office):
    with_ladder(office)
    unit = office.work.counter.sale.look_up(FIRST_GTIN).unit
    shelf = unit.price.minor
    reduced = shelf - (shelf * 20 + 50) // 100
    code = next(x for x in mark(office, "day_1") if x.startswith("(01)"))
    office.press("function_price_check")
    office.scan(scannable(code))
    state = office.flow.features.price_check.presenter.state
    assert (state.price, state.shelf) == (f"{reduced / 100:.2f}", f"{shelf / 100:.2f}")
    assert office.basket == []
    office.press("priceCheckBack")
    office.scan(scannable(code))
    office.press("lineWhy")
    steps = steps_of(office)
    assert replay(steps) == figure(steps[-1].amount) == figure(state.price)
