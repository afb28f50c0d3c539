"""A shop with the promotions of picture 02, and a basket that they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.deal import Deal
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Promotion,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.promotions import PromotionRun
from pos_app.ports.shop_editing import ShopEditor
from pos_app.values.times import Period, Timestamp
from tests.builders_promotions import bundle, cut, everything, nth, percent, spend
from tests.builders_promotions import unit_deal as unit_deal_of
from tests.journeys.screen_till import AMERICANO, COLA, ScreenTill
from tests.promotion_in_shop import hold

SHIRT, RICE_BALL = "710002", "120018"
SECOND_HALF, SEASON, COMBO, SPEND, NEIGHBOUR, MEMBERS = (
    "第 2 件半价",
    "换季服饰 8 折",
    "咖啡+饭团 立减 3.00",
    "满 150 减 15",
    "老邻居 9 折",
    "会员 85 折",
)

_ENGLISH = {
    SECOND_HALF: "Second at half price",
    SEASON: "Season's end, 20% off",
    COMBO: "Coffee and rice ball, 3.00 off",
    SPEND: "15 off from 150 on",
    NEIGHBOUR: "Neighbours, 10% off",
    MEMBERS: "Members, 15% off",
}
_TAIWANESE = {
    SECOND_HALF: "第 2 件半價",
    SEASON: "換季服飾 8 折",
    COMBO: "咖啡+飯糰 折 3.00",
    SPEND: "滿 150 折 15",
    NEIGHBOUR: "老鄰居 9 折",
    MEMBERS: "會員 85 折",
}


def unit_of(till: ScreenTill, sku: str) -> SellingUnit:
    """Return goods by their article number."""
    found = till.work.counter.sale.look_up(sku)
    assert found is not None
    return found.unit


def only(till: ScreenTill, *skus: str) -> Selector:
    """Return a selector of items by their article numbers."""
    return Selector(GoodsSet(item_ids=tuple(unit_of(till, x).item_id for x in skus)))


def promotion(number: int, deal: Deal, name: str, **parts: object) -> Promotion:
    """Return a promotion with an id as real ones have it."""
    key = f"018f0000-0000-7000-8000-{number:012}"
    names = (("en", _ENGLISH[name]), ("zh-TW", _TAIWANESE[name]))
    return Promotion(key, 1, name, deal, names, **parts)  # type: ignore[arg-type]


def open_offers(till: ScreenTill) -> dict[str, Promotion]:
    """Let the promotions hold; returns them by name. Somebody must be signed on."""
    members = Audience(AudienceKind.MEMBER)
    combo = bundle(only(till, AMERICANO), only(till, RICE_BALL), off=cut(300))
    shirt = only(till, SHIRT)
    found = (
        promotion(1, nth(only(till, COLA), 2, percent("50")), SECOND_HALF),
        promotion(2, unit_deal_of(shirt, percent("20")), SEASON),
        promotion(3, combo, COMBO),
        promotion(4, spend((15000, cut(1500))), SPEND),
        promotion(
            5,
            unit_deal_of(everything(), percent("10")),
            NEIGHBOUR,
            trigger=Trigger(TriggerKind.MANUAL),
        ),
        promotion(6, unit_deal_of(shirt, percent("15")), MEMBERS, audience=members),
    )
    hold(till.till, *found)
    return {one.name: one for one in found}


def end_offers(till: ScreenTill, found: Mapping[str, Promotion]) -> None:
    """Let the promotions hold for nothing that is sold from now on."""
    since = Timestamp.parse("2020-01-01T00:00:00Z")
    now = till.work.counter.desk.clock.now()

    def edit(editor: ShopEditor) -> Sequence[JournalNote]:
        for one in found.values():
            run = f"run-{one.promotion_id}-{one.version}"
            period = Period(since, now)
            editor.put_promotion_run(
                PromotionRun(run, one.promotion_id, one.version, period, "", "", since)
            )
        return ()

    with till.till.editor() as editor:
        editor.change(edit)
