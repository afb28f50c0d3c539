"""Promotions made in words in the back office, and what they do at the counter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.busy_threads import nothing_done
from tests.journeys.screen_promotions import PromotionMaker
from tests.journeys.screen_till import COLA_GTIN, ScreenTill

MANAGER = "1005"
COLA, AMERICANO, SANDWICH = "210012", "110001", "120020"  # 3.00, 12.00, 8.90
TOAST, SHIRT = "130001", "710002"  # 8.50, 129.00


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    return till


def maker(till: ScreenTill, *, by_touch: bool = True) -> PromotionMaker:
    made = PromotionMaker(till, by_touch)
    made.go()
    return made


def due(till: ScreenTill, *codes: str) -> Decimal:
    """Sell goods in a basket of their own; what they cost together."""
    till.press("tab_sale")
    till.scan(*codes)
    amount = Decimal(till.flow.sale.state.amount_due_minor) / 100
    while till.lines:
        till.key(Qt.Key.Key_Delete)
    return amount


def sold(till: ScreenTill, *codes: str) -> Decimal:
    """Sell goods and take the money; what was paid."""
    till.press("tab_sale")
    till.scan(*codes)
    return Decimal(till.pay_cash().priced.total_minor) / 100


def second_half(make: PromotionMaker) -> None:
    make.begin("Second one half price")
    make.choose("goods", "可乐味汽水 330ml")


def spend_hundred(make: PromotionMaker) -> None:
    make.begin("Spend 100, 20 off")


def set_price(make: PromotionMaker) -> None:
    make.begin("Coffee + sandwich for 19.90")
    make.choose("goods:0", "现磨咖啡")
    make.choose("goods:1", "鸡蛋火腿三明治")
    make.fill("off", "15.90")


def member_price(make: PromotionMaker) -> None:
    make.begin("10%\u00a0off for members")
    make.press("blank-audience")
    make.press("pick-kind-everyone")  # the till of this test knows no members
    make.press("promotionCardDone")


def three_for_two(make: PromotionMaker) -> None:
    make.begin("Buy three, one is free")
    make.choose("goods", "可乐味汽水 330ml")


def evening_bread(make: PromotionMaker) -> None:
    make.begin("Bread 30%\u00a0off after 19:00")
    make.choose("goods", "面包糕点")
    make.press("blank-when")
    make.press("segment-choice-hours-day")
    make.press("promotionCardDone")


SENTENCES: tuple[
    tuple[str, Callable[[PromotionMaker], None], tuple[str, ...], str, str], ...
] = (
    ("second", second_half, (COLA_GTIN, COLA_GTIN), "4.50", "第二件半价"),
    ("spend", spend_hundred, (SHIRT,), "109.00", "满 ¥100 减 ¥20"),
    ("set", set_price, (AMERICANO, SANDWICH), "15.90", "一共 ¥15.90"),
    ("member", member_price, (SHIRT,), "116.10", "9 折"),
    ("free", three_for_two, (COLA_GTIN,) * 3, "6.00", "买三免一"),
    ("evening", evening_bread, (TOAST,), "5.95", "面包糕点 7 折"),
)


def ways() -> Iterator[object]:
    """Yield each sentence by touch and by keys; most of the latter are slow."""
    for case in SENTENCES:
        yield pytest.param(case, True, id=f"{case[0]}-touch")
        is_slow = case[0] not in {"set", "evening"}
        marks = [pytest.mark.slow] if is_slow else []
        yield pytest.param(case, False, id=f"{case[0]}-keys", marks=marks)


@pytest.mark.parametrize(("case", "by_touch"), tuple(ways()))
def test_a_sentence_is_made_started_and_holds_in_the_next_basket(
    office: ScreenTill, case, by_touch: bool
) -> None:
    _key, write, goods, expected, words = case
    make = maker(office, by_touch=by_touch)
    write(make)
    assert words in make.sentence
    make.start()
    state = make.part.state
    assert words in next(x.title for x in state.rows if x.key == state.chosen)
    (entry,) = office.journal(EntryKind.PROMOTION_CHANGED)[-1:]
    assert entry["after"]
    assert due(office, *goods) == Decimal(expected)


def test_the_sample_basket_is_priced_by_the_tills_own_arithmetic(office) -> None:
    make = maker(office)
    second_half(make)
    sample = make.wait_for_sample()
    assert (sample.before, sample.after) == ("¥6.00", "¥4.50")
    office.press("promotionMore")
    office.press("promotionMore")
    office.wait(lambda: make.part.state.editor.sample.after == "¥9.00")
    make.fill("off", "2")
    office.wait(lambda: make.part.state.editor.sample.after == "¥3.60")
    (below, *_rest) = make.part.state.editor.sample.notes
    office.sees("第二件 2 折", below[:6])
    assert below == _(
        "Below cost: {name} brings {price} without tax and costs {cost}.",
        name="泡泡岭 可乐味汽水 330ml",
        price="¥1.60",
        cost="¥2.13",
    )


def test_what_is_pressed_while_the_basket_is_counted_counts_as_well(office) -> None:
    make = maker(office)
    second_half(make)
    make.wait_for_sample()
    with nothing_done(make.part.place.runner):
        office.press("promotionMore")
        office.press("promotionMore")
        office.press("promotionMore")
        office.press("promotionLess")
    office.wait(lambda: not make.part.state.editor.sample.is_counting)
    assert make.part.state.editor.sample.after == "¥9.00"


def test_what_cannot_be_is_said_at_its_blank_and_is_not_stored(office) -> None:
    make = maker(office)
    make.begin("Spend 100, 20 off")
    make.fill("off:0", "150")
    editor = make.part.state.editor
    assert editor.problem_blank == "off:0"
    assert editor.problem
    assert not office.can_press("promotionStart")
    assert not office.can_press("promotionSave")
    make.fill("off:0", "15")
    assert office.can_press("promotionStart")
    make.press("blank-threshold:0")
    office.type("x")
    assert make.part.state.editor.card.fields[0].problem
    assert "¥100" in make.sentence


def test_rivals_are_named_with_who_wins(office) -> None:
    make = maker(office)
    second_half(make)
    make.start()
    make.begin("Special price")
    make.choose("goods", "可乐味汽水 330ml")
    make.fill("off", "2")
    make.wait_for_sample()
    (note,) = [x for x in make.part.state.editor.sample.notes if "第二件半价" in x]
    assert note == _(
        "“{name}” is for the same goods ({goods}); here this one saves more.",
        name="泡泡岭 可乐味汽水 330ml 第二件半价",
        goods="泡泡岭 可乐味汽水 330ml",
    )


def test_a_draft_waits_and_a_started_one_is_changed_as_a_new_version(office) -> None:
    make = maker(office)
    second_half(make)
    office.press("promotionSave")
    office.wait(lambda: make.part.state.editor is None)
    assert make.part.state.tab.value == "draft"
    assert sold(office, COLA_GTIN, COLA_GTIN) == 6
    make.go()
    office.press("promotion-start")
    office.wait(lambda: office.dialog != "")
    office.press("startPromotionGo")
    office.wait(lambda: make.part.state.tab.value == "active")
    office.press("promotion-edit")
    make.fill("off", "1")
    make.start()
    versions = [x.title for x in make.part.state.detail.history]
    assert _("Version {version}", version=2) in versions
    assert sold(office, COLA_GTIN, COLA_GTIN) == Decimal("3.30")
    make.go()
    office.press("promotion-stop")
    office.wait(lambda: make.part.state.tab.value == "stopped")
    assert sold(office, COLA_GTIN, COLA_GTIN) == 6
    make.go()
    office.press("promotion-start")
    office.press("segment-promotionBegins-later")
    office.press("startPromotionGo")
    office.wait(lambda: make.part.state.tab.value == "to_come")
    office.press("promotion-unschedule")
    office.wait(lambda: make.part.state.tab.value != "to_come")


def test_an_open_basket_keeps_what_it_began_with(office) -> None:
    office.scan(COLA_GTIN, COLA_GTIN)
    make = maker(office)
    second_half(make)
    make.start()
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    assert office.flow.sale.state.amount_due_minor == 900


def test_scanned_goods_go_into_the_open_card_and_into_the_sample(office) -> None:
    make = maker(office)
    make.begin("Special price")
    office.press("blank-goods")
    office.scan(COLA_GTIN)
    assert "可乐味汽水" in make.sentence
    assert office.lines == ()
    office.press("promotionCardDone")
    make.wait_for_sample()
    office.scan(TOAST)
    office.wait(lambda: len(make.part.state.editor.sample.rows) == 2)


def test_what_is_not_stored_is_asked_for(office) -> None:
    make = maker(office)
    second_half(make)
    office.press("tab_sale")
    assert office.dialog == "unsavedDialog"
    office.press("answer-throw_away")
    make.go()
    assert make.part.state.editor is None
    assert not any(
        "可乐味汽水" in x.name for x in office.work.counter.promotions.list()
    )


def test_a_cashier_has_no_promotions_to_make(selling: ScreenTill) -> None:
    if selling.is_there("tab_office"):
        selling.press("tab_office")
    assert not selling.is_there("go-promotions")


def test_a_percentage_is_typed_as_the_language_says_it(office) -> None:
    make = maker(office)
    make.begin("10%\u00a0off for members")
    make.fill("off", "85")
    assert "8.5 折" in make.sentence
    make.fill("off", "8.5")
    assert "8.5 折" in make.sentence
