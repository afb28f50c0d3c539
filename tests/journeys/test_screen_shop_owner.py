"""An owner's errands from the back office to the counter, each gone to its end."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier

import pytest
from PIL import Image

from pos_app.documents.template.forms import built_in_text
from pos_app.domain.journal import EntryKind
from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import _, current_language
from tests.journeys.screen_till import (
    AMERICANO,
    COLA_GTIN,
    PINS,
    UNKNOWN_GTIN,
    ScreenTill,
)
from tests.journeys.test_screen_items import part as items_part
from tests.journeys.test_screen_items import press as press_on_card
from tests.journeys.test_screen_items import save as save_card
from tests.journeys.test_screen_items import type_into
from tests.journeys.test_screen_people import press as press_on_form
from tests.journeys.test_screen_people import save as save_form
from tests.journeys.test_screen_slip_templates import settled, write
from tests.journeys.test_screen_stock import stock_of, wait_for_page

CASHIER, SUPERVISOR, MANAGER = "1001", "1004", "1005"


def open_part(till: ScreenTill, key: str, number: str = MANAGER) -> ScreenTill:
    till.sign_on(number)
    till.press("tab_office")
    till.press(f"go-{key}")
    return till


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def agree(till: ScreenTill, number: str) -> str:
    """Approve what is asked with a PIN; return who did."""
    assert till.dialog == "approvalDialog"
    staff = till.work.counter.sign_on.by_number(number)
    till.press(f"approver_{staff.staff_id}")
    for digit in PINS[number]:
        till.press(f"approval-D{digit}")
    till.press("approvalAgree")
    return str(staff.staff_id)


def test_waste_is_booked_when_the_manager_agreed(till: ScreenTill) -> None:
    open_part(till, "stock", SUPERVISOR)
    till.press("stockWrite-wasted")
    till.scan(COLA_GTIN)
    till.pad("2⏎")
    till.press("stockReason_broken")
    till.press("stockKey-book")
    manager = agree(till, MANAGER)
    wait_for_page(till, "document")
    assert stock_of(till, COLA_GTIN) == -2
    (body,) = till.journal(EntryKind.STOCK_WASTED)
    assert [(x["before"], x["after"]) for x in body["lines"]] == [("0", "-2")]
    assert (body["reason"], body["approved_by"]) == ("broken", manager)
    till.wait(lambda: any(body["number"] in slip for slip in till.slips()))


def open_text(till: ScreenTill, kind: SlipKind) -> None:
    open_part(till, "slips")
    settled(till)
    till.press("segment-slipsModes-text")
    till.press(f"segment-slipKinds-{kind.value}")
    settled(till)
    assert till.find("slipText").toPlainText() == built_in_text(kind)


def test_a_report_is_seen_and_printed_as_its_template_says(till: ScreenTill) -> None:
    open_text(till, SlipKind.X_REPORT)
    before = part(till).state.png
    write(till, built_in_text(SlipKind.X_REPORT) + "Count the float twice\n")
    till.wait(lambda: part(till).state.png != before)
    assert part(till).state.problems == ()
    till.press("slipSave")
    till.wait(lambda: part(till).state.is_own)
    till.press("tab_sale")
    till.scan(COLA_GTIN)
    till.pay_cash()
    till.press("mainAction")
    till.press("tab_shift")
    till.press("shiftKey_x")
    till.wait(lambda: any("Count the float twice" in slip for slip in till.slips()))


def test_a_report_keeps_what_a_book_depends_on(till: ScreenTill) -> None:
    open_text(till, SlipKind.Z_REPORT)
    write(till, built_in_text(SlipKind.Z_REPORT).replace("{section:taxes}\n", ""))
    till.wait(lambda: bool(part(till).state.problems))
    assert _("the tax by rate") in part(till).state.problems[0].words
    assert not till.can_press("slipSave")


@pytest.mark.parametrize("field", ["total", "line.total", "sale.total"])
def test_no_template_puts_a_price_on_a_gift_receipt(till: ScreenTill, field) -> None:
    open_text(till, SlipKind.GIFT)
    write(till, built_in_text(SlipKind.GIFT) + f"{{{{ {field} }}}}\n")
    till.wait(lambda: bool(part(till).state.problems))
    assert not till.can_press("slipSave")


def test_a_language_given_to_a_cashier_is_their_screens_and_nobody_elses(
    till: ScreenTill,
) -> None:
    open_part(till, "people")
    till.touch_row("officeRows", CASHIER)
    press_on_form(till, "segment-choice-language-zh-TW")
    save_form(till)
    (body,) = till.journal(EntryKind.STAFF_CHANGED)
    assert (body["before"]["language"], body["after"]["language"]) == ("", "zh-TW")
    till.press("lockButton")
    till.sign_on(CASHIER)
    till.wait(lambda: current_language() == "zh-TW")
    till.press("lockButton")
    till.sign_on(MANAGER)
    till.wait(lambda: till.shown != "signOnScreen")
    assert current_language() == "zh-CN"


def test_a_variant_is_sold_and_counted_as_itself(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.scan(UNKNOWN_GTIN)
    type_into(till, "name", "帆布鞋")
    type_into(till, "unit0.price", "199")
    save_card(till)
    till.press("item_variants")
    till.compose("米白,黑")
    till.press("variantsMake")
    till.wait(lambda: not items_part(till).is_working)
    family = items_part(till).state.card.family
    black = next(row for row in family if row.variant == "黑")
    assert len(family) == 3
    items_part(till).open(black.key)
    press_on_card(till, "codeMake-0")
    code = items_part(till).card.form.units[0].codes[-1].code
    type_into(till, "unit0.price", "209")
    save_card(till)
    till.press("tab_sale")
    till.scan(code, UNKNOWN_GTIN)
    assert [x.unit.price.minor for x in till.lines] == [20900, 19900]
    till.pay_cash()
    assert [x.variant for x in till.last_sale.lines] == ["黑", ""]
    assert "黑" in till.wait_for_slips(1)[0]
    assert (stock_of(till, code), stock_of(till, UNKNOWN_GTIN)) == (-1, -1)


def test_what_is_typed_while_a_card_is_stored_stays(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.scan(COLA_GTIN)
    type_into(till, "unit0.price", "4.20")
    items = items_part(till)
    items.on_save()
    assert items.is_working  # the disk takes its time
    items.on_typed("spec", "330 ml")
    items.on_code_made(0)
    made = items.card.form.units[0].codes[-1].code
    till.wait(lambda: not items.is_working)
    assert items.unsaved()
    assert items.card.form.spec == "330 ml"
    assert items.card.form.units[0].price == "4.20"
    save_card(till)
    assert not items.unsaved()
    till.press("tab_sale")
    till.scan(made)
    assert till.lines[0].unit.price.minor == 420


def test_variants_take_nothing_of_what_is_typed_with_them(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.scan(COLA_GTIN)
    items = items_part(till)
    type_into(till, "unit0.price", "4.20")
    items.on_variants("红,蓝", "")
    till.wait(lambda: not items.is_working)
    assert len(items.state.card.family) == 3
    assert items.unsaved()
    assert items.card.form.units[0].price == "4.20"


def test_a_picture_that_is_read_late_is_its_own_items(till, tmp_path: Path) -> None:
    file = tmp_path / "cup.png"
    Image.new("RGB", (900, 900), "brown").save(file)
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.scan(COLA_GTIN)
    items = items_part(till)
    items.on_picture_file(str(file))
    items.open(items.work.counter.desk.catalog.listing.id_of_code(AMERICANO))
    both = Barrier(2)  # as many tasks run at once: the picture's is over then
    done: list[int] = []
    for _each in range(2):
        items.place.runner.run(lambda: both.wait(60)).then(done.append)
    till.wait(lambda: len(done) == 2)
    assert items.card.form.sku == AMERICANO
    assert items.card.picture is None


def test_what_is_typed_while_a_template_is_stored_stays(till: ScreenTill) -> None:
    open_text(till, SlipKind.RECEIPT)
    first = built_in_text(SlipKind.RECEIPT) + "Come again\n"
    write(till, first)
    slips = part(till)
    slips.on_save()
    assert slips.is_working
    slips.on_text(first + "soon\n")
    till.wait(lambda: not slips.is_working)
    assert till.find("slipText").toPlainText() == first + "soon\n"
    assert slips.unsaved()
    till.wait(lambda: till.can_press("slipSave"))
    till.press("slipSave")
    till.wait(lambda: not slips.unsaved())
