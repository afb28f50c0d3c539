"""Sentences that shops really write, made with fingers alone; whom, where, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from pos_app.domain.loyalty.tier import Tier
from pos_app.domain.promotion.promotion import Promotion, Trigger, TriggerKind
from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.i18n import _
from tests.builders_promotions import cut, spend
from tests.journeys.screen_coupons import coupon_codes
from tests.journeys.screen_members import PROGRAMME, enrol, give_coupons, open_programme
from tests.journeys.screen_office import fill, part_of, saved
from tests.journeys.screen_printer import nobodys_port, use_network_printer
from tests.journeys.screen_promotions import PromotionMaker
from tests.journeys.screen_till import AMERICANO, ScreenTill

NBSP = "\u00a0"
BLACK = Tier("black", "黑卡", 500_000, names=(("en", "Black card"),))
COLA, TOAST = "可乐味汽水 330ml", "130001"


@pytest.fixture
def make(till: ScreenTill) -> PromotionMaker:
    """Return a manager at the promotions of a shop with tiers, who uses fingers."""
    till.sign_on("1005")
    open_programme(till, replace(PROGRAMME, tiers=(*PROGRAMME.tiers, BLACK)))
    made = PromotionMaker(till, by_touch=True)
    made.go()
    return made


def three_at_eighty(make: PromotionMaker) -> None:
    make.begin(f"2 pieces 10%{NBSP}off, 3 pieces 20%{NBSP}off")
    make.choose("goods", "面包糕点")
    make.press("promotionShrink")
    make.fill("count:0", "3")
    make.fill("off:0", "8")


def second_for_nothing(make: PromotionMaker) -> None:
    make.begin("Second one half price")
    make.choose("goods", "面包糕点")
    make.press("blank-off")
    make.press("segment-choice-mode-price")
    make.press("padKey0")
    make.press("padKeyEnter")


def two_for_ninety_nine(make: PromotionMaker) -> None:
    make.begin("Any 3 for 10")
    make.choose("goods", "面包糕点")
    make.fill("count", "2")
    make.fill("price", "99")


def one_more_for_one(make: PromotionMaker) -> None:
    make.begin("Buy one thing, another for 1")
    make.choose("goods", "现磨咖啡")
    make.choose("gift", "面包糕点")


def every_hundred(make: PromotionMaker) -> None:
    make.begin("5 off for every 50 spent")
    make.fill("threshold:0", "100")
    make.fill("off:0", "15")


def birthday(make: PromotionMaker) -> None:
    make.begin("Spend 100, 20 off")
    make.fill("threshold:0", "299")
    make.press("blank-off:0")
    make.press("segment-choice-mode-percentage")
    for key in "85":
        make.press(f"padKey{key}")
    make.press("padKeyEnter")
    make.press("blank-audience")
    make.press("pick-kind-birth_date")
    make.press("promotionCardDone")


def member_day(make: PromotionMaker) -> None:
    make.begin(f"Members' day: Wednesdays 12%{NBSP}off")
    make.press("blank-goods")
    make.press("segment-promotionSides-exclude")
    make.till.press("promotionGoodsSearch")
    make.till.compose("啤酒")
    rows = make.part.state.editor.card.goods.rows
    make.till.touch_row("promotionGoodsRows", rows[0].title)
    make.press("promotionCardDone")


def first_fifty(make: PromotionMaker) -> None:
    make.begin("Flash sale: a price that stands alone")
    make.choose("goods", COLA)
    make.press("blank-limits")
    make.press("edit-all")
    for key in "50":
        make.press(f"padKey{key}")
    make.press("promotionCardDone")


def black_card(make: PromotionMaker) -> None:
    make.begin("Special price for a tier")
    make.choose("goods", COLA)
    assert make.part.state.editor.problem_blank == "audience"
    make.press("blank-audience")
    make.press("switch-one_of:black")
    make.press("promotionCardDone")


def first_purchase(make: PromotionMaker) -> None:
    make.begin("10 off for new customers")


def staff_price(make: PromotionMaker) -> None:
    make.begin(f"20%{NBSP}off for our own staff")


def half_beside(make: PromotionMaker) -> None:
    make.begin("Buy one thing, another half price")
    make.choose("goods:0", "现磨咖啡")
    make.fill("count:0", "2")
    make.choose("goods:1", "面包糕点")


ALWAYS, ALL = "任何时候 所有顾客 ", "，不限次数"
SENTENCES: tuple[tuple[Callable[[PromotionMaker], None], str], ...] = (
    (black_card, f"任何时候 黑卡 会员 泡泡岭 {COLA} 特价 ¥9.90{ALL}"),
    (first_purchase, "任何时候 新客 全部商品 任意金额立减 ¥10，每位会员限 1 次"),
    (three_at_eighty, f"{ALWAYS}面包糕点 满 3 件 8 折{ALL}"),
    (second_for_nothing, f"{ALWAYS}面包糕点 第二件 ¥0{ALL}"),
    (two_for_ninety_nine, f"{ALWAYS}面包糕点 任选 2 件 ¥99{ALL}"),
    (
        one_more_for_one,
        f"{ALWAYS}买 现磨咖啡 1 件，加 ¥1 换购 面包糕点 1 件{ALL}",
    ),
    (every_hundred, f"{ALWAYS}全部商品 每满 ¥100 减 ¥15{ALL}"),
    (birthday, f"任何时候 生日当天的会员 全部商品 满 ¥299 打 8.5 折{ALL}"),
    (member_day, f"周三 会员 全部商品（啤酒果酒除外） 8.8 折{ALL}"),
    (
        first_fifty,
        (
            f"{ALWAYS}泡泡岭 {COLA} 特价 ¥9.90"
            "，每单限 1 次，总共限 50 次，不与其他优惠同享"
        ),
    ),
    (staff_price, f"任何时候 员工 全部商品 8 折{ALL}"),
    (half_beside, f"{ALWAYS}买 现磨咖啡 2 件，面包糕点 1 件 半价{ALL}"),
)
#: So many touches, letters of a search and digits of the pad among them.
_MOST_TOUCHES = 24


def cases() -> Iterator[object]:
    """Yield them all; the first two at every run."""
    for at, (write, words) in enumerate(SENTENCES):
        marks = [pytest.mark.slow] if at > 1 else []
        yield pytest.param(write, words, id=write.__name__, marks=marks)


@pytest.mark.parametrize(("write", "words"), tuple(cases()))
def test_what_shops_write_is_said_with_few_touches(
    make: PromotionMaker, monkeypatch, write: Callable[[PromotionMaker], None], words
) -> None:
    touches = []
    till = make.till
    touch, compose = till.touch, till.compose
    monkeypatch.setattr(till, "touch", lambda *x: (touches.append(x), touch(*x)))
    monkeypatch.setattr(till, "compose", lambda x: (touches.extend(x), compose(x)))
    write(make)
    assert make.sentence == words
    assert not make.part.state.editor.problem
    assert len(touches) <= _MOST_TOUCHES
    make.start()
    assert make.part.state.tab.value == "active"


def test_nobody_is_reached_until_there_is_such_a_member(make: PromotionMaker) -> None:
    make.begin(f"10%{NBSP}off for members")
    nobody = _("Nobody belongs to those it is for yet; it would apply to nobody.")
    assert nobody in make.part.state.editor.doubts
    make.till.press("tab_sale")
    make.till.press("answer-throw_away")
    enrol(make.till, "13800006217", "林可怡")
    make.go()
    make.begin(f"10%{NBSP}off for members")
    assert nobody not in make.part.state.editor.doubts


def filed(make: PromotionMaker, **terms: object) -> Promotion:
    """Store a promotion as a file or a hub brings it, and open it in the editor."""
    promotions = make.till.work.counter.promotions
    named = Promotion(promotions.new_id(), 1, "来自总部", spend((10000, cut(2000))))
    change = promotions.save_draft(replace(named, **terms))  # type: ignore[arg-type]
    with make.till.till.editor() as editor:
        editor.change(change.edit)
    make.part.list.look()
    make.part.list.open(named.promotion_id)
    make.part.on_action("edit")
    make.till.settle()
    return named


def test_another_shop_and_channel_of_a_file_are_told_and_kept(
    make: PromotionMaker,
) -> None:
    own = make.till.work.counter.desk.shop.shop_id
    filed(make, stores=(own, "far"), channels=("online",))
    assert make.sentence.endswith("仅限线上、晴川生活 · 湖滨店、另 1 家门店")
    elsewhere = _("It is for other places; at this till it never applies.")
    assert elsewhere in make.part.state.editor.doubts
    make.fill("off:0", "30")
    assert make.part.editor.draft.stores == (own, "far")
    make.press("blank-where")
    make.press("pick-channel-anywhere")
    make.press("promotionCardDone")
    assert make.part.editor.draft.stores == (own, "far")
    assert elsewhere not in make.part.state.editor.doubts
    make.press("option-where")
    make.press("pick-place-here")
    assert make.part.editor.draft.stores == (own,)
    make.press("pick-place-as_filed")
    assert make.part.editor.draft.stores == (own, "far")
    make.press("pick-place-anywhere")
    make.press("promotionCardDone")
    assert "仅限" not in make.sentence
    assert make.till.is_there("option-where")  # it may be said again


def test_one_by_coupon_leads_to_its_coupon_and_the_others_to_where_they_are_made(
    make: PromotionMaker,
) -> None:
    lin = enrol(make.till, "13800006217", "林可怡")
    give_coupons(make.till, lin)
    make.part.list.look()
    (one, *_rest) = (
        x
        for x in make.part.promotions.list()
        if x.promotion and x.promotion.trigger.kind is TriggerKind.COUPON
    )
    make.part.list.open(one.promotion_id)
    make.part.changed.emit()
    make.press("promotion-coupon")
    book = make.till.flow.features.back_office.part
    templates = make.till.work.counter.desk.ledger.coupons.templates()
    (mine,) = (x for x in templates if x.promotion_id == one.promotion_id)
    assert book.state.chosen == mine.template_id
    make.go()
    make.part.list.open(one.promotion_id)
    make.part.on_action("edit")
    make.till.settle()
    make.press("option-trigger")
    make.till.sees(mine.name)
    make.press("act-coupon")
    assert make.till.flow.features.back_office.part.state.chosen == mine.template_id


def test_any_sentence_can_wait_for_a_coupon_that_is_made_for_it(
    make: PromotionMaker,
) -> None:
    till = make.till
    half_beside(make)
    make.press("option-trigger")
    make.press("pick-value-coupon")
    make.press("promotionCardDone")
    make.start()
    use_network_printer(till, nobodys_port())  # a code that is printed is wiped
    till.press("go-coupons")
    part_of(till).on_add()
    fill(till, name="咖啡配面包券", kind="promotion")
    saved(till)
    (asked,) = (x for x in part_of(till).state.fields if x.key == "promotion")
    assert asked.problem  # none is chosen yet
    (one,) = asked.options
    fill(till, promotion=one.key)
    saved(till)
    template_id = part_of(till).state.chosen
    assert part_of(till).coupons.read(template_id).promotion == one.key
    till.press("act-couponGive")
    till.wait(lambda: not part_of(till).is_working)
    (code,) = coupon_codes(till)
    till.press("tab_sale")
    till.scan(AMERICANO, AMERICANO, TOAST)
    before = till.flow.sale.state.amount_due_minor
    till.scan(code)
    saving = till.work.counter.sale.priced.promoted.saving_minor
    assert till.flow.sale.state.amount_due_minor == before - saving < before
    till.pay_cash()


def test_what_waits_for_a_coupon_keeps_it_through_the_editor(
    make: PromotionMaker,
) -> None:
    filed(make, trigger=Trigger(TriggerKind.COUPON))
    never = _("No coupon unlocks it; it would never apply.")
    assert never in make.part.state.editor.doubts
    make.fill("off:0", "30")
    assert make.part.editor.draft.trigger.kind is TriggerKind.COUPON


def test_a_free_gift_is_given_a_price_and_back(make: PromotionMaker) -> None:
    make.begin("Buy one thing, another is free")
    make.choose("goods", "现磨咖啡")
    make.choose("gift", COLA)
    assert "送" in make.sentence
    make.fill("price", "1")
    assert "加 ¥1 换购" in make.sentence
    make.fill("price", "0")
    assert "送" in make.sentence
    assert make.part.editor.draft.deal.goods != Selector(ALL_GOODS)


def test_a_step_of_any_amount_stays_one_when_its_amount_changes(
    make: PromotionMaker,
) -> None:
    make.begin("10 off for new customers")
    make.fill("off:0", "30")
    assert "任意金额立减 ¥30" in make.sentence
    assert make.part.editor.draft.deal.tiers[0].threshold_minor == 3001
    make.fill("threshold:0", "50")
    assert "满 ¥50 减 ¥30" in make.sentence
    make.press("blank-threshold:0")
    make.press("padKeyClear")
    make.press("padKeyEnter")
    assert "任意金额立减 ¥30" in make.sentence


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    make: PromotionMaker,
) -> None:
    mine = filed(make)
    make.fill("off:0", "30")
    promotions = make.till.work.counter.promotions
    other = promotions.save_draft(replace(mine, name="别人改的"))
    with make.till.till.editor() as editor:
        editor.change(other.edit)
    make.press("promotionSave")
    make.till.wait(lambda: not make.part.is_working)
    assert make.till.message.startswith(
        _("Somebody else changed this promotion meanwhile. Nothing was stored.")
    )
    assert make.part.state.editor is not None
    assert promotions.versions(mine.promotion_id)[0].version.name == "别人改的"
