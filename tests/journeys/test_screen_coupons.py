"""Coupons through the real screens: made, printed, handed out, settled, revoked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.coupon.life import CouponState
from pos_app.i18n import plural
from tests.journeys.screen_coupons import coupon_codes
from tests.journeys.screen_office import fill, in_office, part_of, saved
from tests.journeys.screen_printer import nobodys_port, use_network_printer
from tests.journeys.screen_till import AMERICANO, COLA, FIRST_GTIN, ScreenTill
from tests.journeys.worked_by_hand import figure, replay, steps_of


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    return in_office(till, "coupons")


def make(till: ScreenTill, name: str = "满 5 减 1") -> str:
    part_of(till).on_view("coupons")
    part_of(till).on_add()
    fill(till, name=name, amount="1", threshold="5")
    saved(till)
    return part_of(till).state.chosen


def test_a_coupon_is_made_printed_and_used_through_the_screens(office) -> None:
    template_id = make(office)
    (row,) = part_of(office).state.rows
    assert row.title == "满 5 减 1"
    assert not row.mark
    office.press("act-couponGive")
    office.wait(lambda: not part_of(office).is_working)
    ledger = office.work.counter.desk.ledger
    assert ledger.coupons.issued(template_id) == 1


def test_what_cannot_be_read_is_said_at_its_field(office) -> None:
    part_of(office).on_add()
    fill(office, name="坏券", amount="一块")
    part_of(office).on_save()
    problems = {x.key: x.problem for x in part_of(office).state.fields if x.problem}
    assert set(problems) == {"amount"}
    fill(office, amount="1", length="")
    part_of(office).on_save()
    assert part_of(office).is_dirty
    part_of(office).throw_away()


def test_a_partners_batch_is_made_used_settled_and_revoked(office) -> None:
    make(office)
    part_of(office).on_view("partners")
    part_of(office).on_add()
    fill(office, name="隔壁影院", bears="50", fee="0.30")
    saved(office)
    partner_id = part_of(office).state.chosen
    part_of(office).on_view("batches")
    part_of(office).on_add()
    fill(office, count="3", partner_id=partner_id, note="开业")
    exports = office.till.folder.exports
    saved(office)
    office.wait(lambda: any(x.stat().st_size for x in exports.glob("coupons_*.csv")))
    (table,) = exports.glob("coupons_*.csv")
    codes = [x.split(",")[0] for x in table.read_text("utf-8-sig").splitlines()[1:]]
    assert len(codes) == 3
    batch_id = part_of(office).state.chosen
    office.press("tab_sale")
    office.scan(FIRST_GTIN, FIRST_GTIN, FIRST_GTIN)
    office.key(Qt.Key.Key_F7)
    office.type(codes[0].lower())  # the paper is torn: letters count as well
    office.key(Qt.Key.Key_Return)
    (shown,) = [x for x in office.work.counter.coupons.usable() if x.is_used]
    assert shown.saves_minor == 100
    office.key(Qt.Key.Key_Escape)
    office.pay_cash()
    assert (
        office.work.counter.desk.ledger.coupons.coupon(shown.coupon_id).state
        is CouponState.REDEEMED
    )
    office.press("tab_office")
    office.press("go-coupons")
    part_of(office).begin(f"partners/{partner_id}")
    office.press("act-settle")
    office.wait(lambda: part_of(office).settled_of(partner_id))
    settled = part_of(office).settled_of(partner_id).settlement
    assert (settled.saving_minor, settled.partner_minor, settled.fee_minor) == (
        100,
        50,
        30,
    )
    for first, last, used in (
        ("2020-01-01", "2020-01-31", 0),
        ("2020-01-01", "", 1),
        ("", "2020-01-31", 0),
    ):
        fill(office, first=first, last=last)
        assert not part_of(office).is_dirty  # what is looked at is nothing to store
        office.press("act-settle")
        office.wait(lambda: not part_of(office).is_working)
        assert part_of(office).settled_of(partner_id).settlement.redeemed == used
    fill(office, first="31.12.2026", last="")
    office.press("act-settle")
    assert part_of(office).settled_of(partner_id).settlement.redeemed == 0  # as it was
    fill(office, first="")
    part_of(office).begin(f"batches/{batch_id}")
    office.press("act-batchRevoke")
    office.press("answer-revoke")
    office.wait(lambda: not part_of(office).is_working)
    stored = office.work.counter.desk.ledger.coupons.batch(batch_id)
    assert (stored.redeemed, stored.open) == (1, 0)
    assert stored.ended_at is not None
    office.sees(plural("{count} coupon revoked", "{count} coupons revoked", 2))


def test_a_coupon_for_one_item_is_made_by_scanning_it(office) -> None:
    part_of(office).on_add()
    fill(office, name="送一件", kind="free_item")
    office.scan(FIRST_GTIN)
    saved(office)
    draft = part_of(office).template(part_of(office).state.chosen).draft
    assert draft is not None
    assert draft.goods.include.item_ids
    part_of(office).end(part_of(office).coupons.read(part_of(office).state.chosen))
    office.press("answer-end")
    office.wait(lambda: part_of(office).state.rows[0].is_off)


@pytest.mark.parametrize(
    ("typed", "paid"),
    [
        ({"kind": "one_more", "pieces": "1"}, 1380),
        ({"kind": "one_more", "pieces": "2", "percent": "5"}, 1725),
        ({"kind": "set_price", "pieces": "3", "amount": "5.00"}, 500),
        ({"kind": "free_item", "pieces": "2"}, 690),
    ],
)
def test_a_coupon_for_goods_together_is_made_and_used(office, typed, paid) -> None:
    use_network_printer(office, nobodys_port())  # a code that is printed is wiped
    part_of(office).on_add()
    fill(office, name="买一送一", **typed)
    office.scan(FIRST_GTIN)
    saved(office)
    template_id = part_of(office).state.chosen
    draft = part_of(office).template(template_id).draft
    assert draft is not None  # it is opened again as it was typed
    read = part_of(office).coupons.read(template_id)
    assert {key: getattr(read, key) for key in typed} == typed
    office.press("act-couponGive")
    office.wait(lambda: not part_of(office).is_working)
    (code,) = coupon_codes(office)
    office.press("tab_sale")
    office.scan(*[FIRST_GTIN] * 3, code)
    sale = office.work.counter.sale
    assert sale.priced.total_minor == paid
    office.pay_cash()


def test_why_this_price_tells_the_goods_that_one_coupon_took_together(office) -> None:
    use_network_printer(office, nobodys_port())
    part_of(office).on_add()
    fill(office, name="买一送一", kind="one_more", pieces="1")
    saved(office)
    office.press("act-couponGive")
    office.wait(lambda: not part_of(office).is_working)
    (code,) = coupon_codes(office)
    office.press("tab_sale")
    office.scan(COLA, COLA, AMERICANO, code)
    (used,) = office.work.counter.sale.priced.promoted.applications
    assert used.saving_minor == 300  # the coffee and one cola, which is the cheaper
    office.press("lineWhy")
    for line in office.flow.sale.state.lines:
        office.select(line.name)
        *_, step, paid = steps_of(office)
        assert replay(steps_of(office)) == figure(paid.amount)
        assert figure(paid.amount) == Decimal(line.total_minor or 0) / 100
        assert "可乐味汽水 330ml × 1 + 现磨美式" in step.who


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"kind": "one_more", "pieces": "0"}, "pieces"),
        ({"kind": "one_more", "pieces": "1", "percent": "x"}, "percent"),
        ({"kind": "set_price", "pieces": "1", "amount": "5"}, "pieces"),
        ({"kind": "set_price", "pieces": "3"}, "amount"),
    ],
)
def test_a_group_that_makes_no_deal_is_refused_at_its_field(
    office, typed, wrong
) -> None:
    part_of(office).on_add()
    fill(office, name="券", **typed)
    part_of(office).on_save()
    problems = {x.key: x.problem for x in part_of(office).state.fields if x.problem}
    assert set(problems) == {wrong}
    part_of(office).throw_away()


def test_signed_coupons_are_printed_and_believed_once(office) -> None:
    use_network_printer(office, nobodys_port())  # a code that is printed is wiped
    template_id = make(office)
    part_of(office).on_view("batches")
    part_of(office).on_add()
    fill(office, count="2", signed="1")
    before = len(coupon_codes(office))
    saved(office)
    text = coupon_codes(office)[-1]
    assert len(coupon_codes(office)) == before + 2
    office.press("tab_sale")
    office.scan(FIRST_GTIN, FIRST_GTIN, FIRST_GTIN)
    office.scan(text)
    sale = office.work.counter.sale
    (used,) = sale.basket.coupons
    assert sale.priced.discount_minor == 100
    office.pay_cash()
    found = office.work.counter.desk.ledger.coupons.coupon(used.coupon_id)
    assert found.issued.template_id == template_id
    assert found.state is CouponState.REDEEMED
