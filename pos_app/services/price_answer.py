"""What goods cost now, as a customer asks: alone, for this customer, and in which deals.

Nothing is sold and nothing is changed. One piece (or one kilogram) is priced by the one
pricing function, with the promotions that lower a piece by itself; deals that ask for
more than one piece, for an amount, a coupon or another customer are told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, Scanned, SellingUnit
from pos_app.domain.offered_lines import facts_of
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.pricing import price_basket
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import UnitDeal
from pos_app.domain.promotion.explanation import RefusalCause
from pos_app.domain.promotion.holding import cause_against
from pos_app.domain.promotion.occasion import Shopper
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Layer,
    Promotion,
    Schedule,
    TriggerKind,
)
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.offers import offers_for
from pos_app.services.sale import SaleService
from pos_app.services.sale_lines import label_line
from pos_app.values.times import Period, Timestamp

_ASKED = "price"
#: Groups that somebody who asks for a price may belong to without being known yet.
_OPEN_TO = frozenset(AudienceKind) - {AudienceKind.TAG, AudienceKind.STAFF}


@dataclass(frozen=True, slots=True)
class AnsweredDeal:
    """A promotion that goods are in.

    Attributes:
        promotion: which; its schedule ends with its run.
        is_used: the price told has it already.
        cause: why it does not hold for one piece of now: another hour, another
            customer, a coupon; None where it holds.
        then_minor: what one costs where it holds; None where that takes more goods,
            or a coupon.
    """

    promotion: Promotion
    is_used: bool = False
    cause: RefusalCause | None = None
    then_minor: int | None = None


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """What goods cost; amounts in minor units, None where nobody knows.

    Attributes:
        list_minor: on the shelf, for one piece or one unit of measure.
        now_minor: today, for the customer of the open sale or somebody unknown.
        label_minor: what the goods of a label with weight or price cost today.
        member_minor: what any member pays, where that is less and nobody is known.
        deals: those in the price first, then those that hold, then the others.
    """

    list_minor: int | None = None
    now_minor: int | None = None
    label_minor: int | None = None
    member_minor: int | None = None
    deals: tuple[AnsweredDeal, ...] = ()


class PriceAnswerService:
    """Answers without touching the open sale; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale

    def of(self, found: Scanned, code: str) -> PriceAnswer:
        """Return what a code's goods cost now.

        Args:
            found: what the code names and says.
            code: as scanned.
        """
        unit, offers = found.unit, self._offers()
        label = _label(found, code)
        is_marked = unit.source is PriceSource.MARKED_DOWN
        one = label if is_marked and label else _one_of(unit)
        if unit.price is None and one is not label:
            label_minor = self._price(label, offers)[1] if label else None
            return PriceAnswer(label_minor=label_minor)
        list_minor, now_minor, used = self._price(one, offers)
        return PriceAnswer(
            list_minor,
            now_minor,
            self._price(label, offers)[1] if label and one is not label else None,
            self._of_members(one, offers, now_minor),
            tuple(self._deals(one, offers, used, now_minor)),
        )

    def _offers(self) -> Offers:
        """Return the promotions of the open sale, or those of now; no coupons, no points."""
        current, moment = self._sale.current, self._desk.price_moment()
        if current is None:
            day = self._desk.business_day()
            current = OpenSale(Basket(""), (), "", day, started_at=moment)
        offers = offers_for(self._desk, current)
        occasion = replace(offers.occasion, coupons=(), points=None)
        return replace(offers, occasion=occasion)

    def _price(
        self, line: BasketLine | None, offers: Offers, more: Promotion | None = None
    ) -> tuple[int, int, frozenset[str]]:
        """Return list price, price, and the promotions in it, of a line by itself.

        Args:
            line: of goods that are known.
            offers: those of its item deals that hold are taken.
            more: a promotion that is to be taken as well.
        """
        assert line is not None
        assert line.unit is not None
        alone = [
            promotion
            for promotion in _matching(line.unit, offers)
            if promotion.layer is Layer.ITEM
            and cause_against(promotion, offers.occasion) is None
            and (more is None or promotion.promotion_id != more.promotion_id)
        ]
        alone += [more] if more else []
        few = replace(offers, book=compile_book(alone, offers.book.parents))
        shopper = offers.occasion.shopper
        basket = Basket(_ASKED, lines=(line,), shopper=shopper)
        now = self._desk.clock.now()
        priced = price_basket(basket, self._sale.rules, now, few)
        found = priced.promoted.applications
        used = {x.promotion_id for x in found if x.saving_minor}
        (only,) = priced.lines
        return only.list_minor, only.total_minor, frozenset(used)

    def _deals(
        self, line: BasketLine, offers: Offers, used: frozenset[str], now_minor: int
    ) -> Iterator[AnsweredDeal]:
        assert line.unit is not None
        found = []
        for promotion in _matching(line.unit, offers):
            cause = cause_against(promotion, offers.occasion)
            if not _is_told(promotion, cause, offers):
                continue
            is_used = promotion.promotion_id in used
            then_minor = None
            if isinstance(promotion.deal, UnitDeal) and not is_used:
                then_minor = self._then(line, promotion, offers)
                if then_minor is not None and then_minor >= now_minor:
                    continue  # the price is as low already, or another is lower
            found.append(AnsweredDeal(promotion, is_used, cause, then_minor))
        found.sort(key=lambda x: (not x.is_used, x.cause is not None))
        for each in found:
            yield replace(each, promotion=self._until_its_end(each.promotion, offers))

    def _then(
        self, line: BasketLine, promotion: Promotion, offers: Offers
    ) -> int | None:
        """Return what one costs whom and when a promotion is for; None for a coupon.

        Where another one is used even then, that is the list price.
        """
        if promotion.layer is not Layer.ITEM:
            return None
        is_for_all = promotion.audience.kind is AudienceKind.EVERYONE
        then = offers if is_for_all else _for_members(offers)
        freed = replace(promotion, audience=Audience(), schedule=Schedule())
        list_minor, then_minor, used = self._price(line, then, freed)
        return then_minor if promotion.promotion_id in used else list_minor

    def _of_members(self, line: BasketLine, offers: Offers, now: int) -> int | None:
        """Return what any member pays; None where nobody pays less than now."""
        if offers.occasion.shopper is not None:
            return None
        minor = self._price(line, _for_members(offers))[1]
        return minor if minor < now else None

    def _until_its_end(self, promotion: Promotion, offers: Offers) -> Promotion:
        """Return a promotion whose schedule says when it ends, and not since when."""
        schedule, moment = promotion.schedule, offers.occasion.moment
        runs = self._desk.catalog.promotion_runs(promotion.promotion_id)
        ends = [x.period.end for x in runs if x.period.covers(moment)]
        known = [x for x in (*ends, schedule.period.end) if x is not None]
        end: Timestamp | None = min(known, default=None)
        start = schedule.period.start
        since = start if start is not None and start > moment else None
        return replace(promotion, schedule=replace(schedule, period=Period(since, end)))


def _label(found: Scanned, code: str) -> BasketLine | None:
    """Return the goods of a label with weight or price; None for any other code.

    A label that nobody could sell has no price; its goods by themselves may have one.
    """
    if found.quantity is None and found.total_minor is None:
        return None
    try:
        return label_line(_ASKED, found, code, None)
    except UserError:
        return None


def _one_of(unit: SellingUnit) -> BasketLine:
    """Return one piece, or one unit of measure."""
    return BasketLine(_ASKED, unit, "", Decimal(1), source=unit.source)


def _matching(unit: SellingUnit, offers: Offers) -> Iterator[Promotion]:
    """Yield each promotion that names a unit, once, by rank."""
    ranks = {match.index for match in offers.book.matching(facts_of(unit))}
    for rank in sorted(ranks):
        yield offers.book.promotions[rank]


def _is_told(promotion: Promotion, cause: RefusalCause | None, offers: Offers) -> bool:
    """Tell whether somebody who asks for the price should hear of a promotion."""
    is_open = promotion.audience.kind in _OPEN_TO
    match cause:
        case None:
            return True
        case RefusalCause.NOT_FOR_CUSTOMER:
            return is_open
        case RefusalCause.NOT_CHOSEN:
            return promotion.trigger.kind is TriggerKind.COUPON
        case RefusalCause.NOT_NOW:  # later today, or on Friday
            always = replace(promotion, schedule=Schedule())
            later = cause_against(always, offers.occasion)
            is_on = promotion.schedule.period.covers(offers.occasion.moment)
            return is_on and (later is None or (is_open and _is_of_whom(later)))
    return False


def _is_of_whom(cause: RefusalCause) -> bool:
    return cause is RefusalCause.NOT_FOR_CUSTOMER


def _for_members(offers: Offers) -> Offers:
    """Return the offers for the customer, or for any member while nobody is known."""
    shopper = offers.occasion.shopper or Shopper("")
    return replace(offers, occasion=replace(offers.occasion, shopper=shopper))
