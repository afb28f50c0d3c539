"""Promotions at the counter in believable states: lines, why, chosen, left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.cli.shot_promotions import put_promotions
from pos_app.domain.promotion.deal import (
    Deal,
    NthDeal,
    Off,
    SpendDeal,
    SpendTier,
    UnitDeal,
    kind_of,
)
from pos_app.domain.promotion.promotion import Promotion, Trigger, TriggerKind
from pos_app.domain.promotion.selector import ALL_GOODS, GoodsSet, Selector
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

#: Tea, a coffee, a T-shirt, a pair of socks, three colas.
_BASKET = ("9521010002743", "110001", "710002", "710020", "210012", "210012", "210012")
_COLA, _SHIRT = "210012", "710002"
_EVERYTHING, _AUTO = Selector(ALL_GOODS), Trigger()


class OfferScenes:
    """Plays with an empty till and a manager signed on; leaves a sale open.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._flow: Any = place.screen.flow
        self._began: dict[str, Timestamp] = {}

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        started = self._started()
        for code in _BASKET:
            self._hand.scan(code)
        self._hand.wait(self._is_looked, "what is nearly reached")
        yield "sale_promotions"
        self._hand.press("lineWhy")
        yield "why_price_one_more"
        for _step in range(2):
            self._hand.strike("Up")
        yield "why_price_promotions"
        self._hand.press("whyDecline")
        yield "dialog_offer_which"
        self._hand.strike("Escape")
        self._hand.press("panelClose")
        self._hand.strike("F5")
        self._hand.press("reductionOffers")
        yield "dialog_offer_choose"
        self._hand.strike("Escape")
        put_promotions(self._place, *(self._run(one, is_over=True) for one in started))

    def _is_looked(self) -> bool:
        found: object = self._flow.features.offers.nearest
        return found is not None

    def _started(self) -> tuple[Promotion, ...]:
        half, fifth = (Off(percentage=Percentage(x * 10_000)) for x in (50, 20))
        found = (
            self._made(
                "第 2 件半价", "Second at half price", "第 2 件半價", self._half(half)
            ),
            self._made(
                "换季服饰 8 折",
                "Season's end, 20% off",
                "換季服飾 8 折",
                UnitDeal(self._goods(_SHIRT), fifth),
            ),
            self._made(
                "满 150 减 15",
                "15 off from 150 on",
                "滿 150 折 15",
                SpendDeal((SpendTier(15_000, Off(amount_minor=1_500)),)),
            ),
            self._made(
                "老邻居 9 折",
                "Neighbours, 10% off",
                "老鄰居 9 折",
                UnitDeal(_EVERYTHING, Off(percentage=Percentage(100_000))),
                Trigger(TriggerKind.MANUAL),
            ),
        )
        now = self._place.till.counter.desk.clock.now()
        versions = [
            PromotionVersion(
                one.promotion_id,
                1,
                kind_of(one.deal).value,
                one.name,
                promotion_to_text(one),
                one,
                now,
                "",
            )
            for one in found
        ]
        put_promotions(self._place, *versions, *(self._run(one) for one in found))
        return found

    def _half(self, off: Off) -> NthDeal:
        return NthDeal(self._goods(_COLA), 2, 1, off)

    def _goods(self, sku: str) -> Selector:
        found = self._place.till.counter.sale.look_up(sku)
        assert found is not None
        return Selector(GoodsSet(item_ids=(found.unit.item_id,)))

    def _made(
        self,
        name: str,
        english: str,
        taiwanese: str,
        deal: Deal,
        trigger: Trigger = _AUTO,
    ) -> Promotion:
        ids = self._place.till.counter.desk.ids
        names = (("en", english), ("zh-TW", taiwanese))
        return Promotion(ids.new(), 1, name, deal, names, trigger=trigger)

    def _run(self, promotion: Promotion, *, is_over: bool = False) -> PromotionRun:
        """Return the run; one that is over has never held for what comes."""
        now = self._place.till.counter.desk.clock.now()
        began = self._began.setdefault(promotion.promotion_id, now)
        period = Period(began, now if is_over else None)
        key = f"run-{promotion.promotion_id}"
        return PromotionRun(key, promotion.promotion_id, 1, period, "", "", began)
