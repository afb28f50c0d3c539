"""A member's points and tier at the counter: what there is, what a basket does to it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pos_app.domain.ledger_tenders import POINTS_KEY
from pos_app.domain.loyalty.burning import (
    Burnable,
    BurnAs,
    BurnBound,
    BurnOccasion,
    BurnRule,
    asked_burn,
    burnable,
)
from pos_app.domain.loyalty.expiry import ending_soon
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.domain.loyalty.tier import Tier, metric_at, missing_to_next
from pos_app.domain.loyalty.tier_moves import standing
from pos_app.domain.offer_intents import GivePoints
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.permission import Permission
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.ports.points import PointEvent
from pos_app.services.checkout import CheckoutService
from pos_app.services.desk import Desk
from pos_app.services.member_memory import MemberMemory
from pos_app.services.person import person_ids
from pos_app.services.points_adjusting import adjust, adjust_reasons
from pos_app.services.points_basket import (
    Earner,
    burn_occasion,
    earner_of,
    given,
    points_tender,
)
from pos_app.services.points_earning import BasketEarning
from pos_app.services.points_given import require_burn
from pos_app.services.sale import SaleService
from pos_app.services.tier_sale import tier_state
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands in the programme.

    Attributes:
        active, pending, debt: points that can be given, that wait, that are owed.
        expiring, expires_on: points that end within 30 days, and the first moment
            without the next of them; None where none end.
        tier: the tier now. next_tier, missing: the one above, and what is missing to
            it (minor units, or visits).
        metric: what was reached in the window. kept_until: the end of the tier.
    """

    active: int = 0
    pending: int = 0
    debt: int = 0
    expiring: int = 0
    expires_on: Timestamp | None = None
    tier: Tier | None = None
    next_tier: Tier | None = None
    missing: int = 0
    metric: int = 0
    kept_until: Timestamp | None = None


NOTHING_TO_GIVE = Burnable(PointsBurn(0, 0), BurnBound.BALANCE)


class PointService:
    """Points of the open sale's customer; used from the sale's thread."""

    def __init__(
        self, desk: Desk, sale: SaleService, checkout: CheckoutService
    ) -> None:
        self._desk = desk
        self._sale = sale
        self._checkout = checkout
        self._will_earn: tuple[PricedBasket, OpenSale, int] | None = None
        self._earning = BasketEarning()
        self._earners: MemberMemory[Earner] = MemberMemory(desk)
        self._standings: MemberMemory[Standing] = MemberMemory(desk)

    # ------------------------------------------------------------------- reading

    @property
    def programme(self) -> Programme:
        """The rules in force."""
        return self._desk.ledger.points.programme()

    @property
    def is_on(self) -> bool:
        """Tell whether points are anything here: sales earn, or points buy."""
        programme = self.programme
        return programme.earn is not None or programme.burn is not None

    def standing(self, member_id: str) -> Standing:
        """Return how a person stands: points, and the tier with what is missing."""
        return self._standings.of(member_id, lambda: self._standing(member_id))

    def _standing(self, member_id: str) -> Standing:
        desk, programme = self._desk, self.programme
        zone, now = ZoneInfo(desk.shop.time_zone), desk.clock.now()
        ids = person_ids(desk.ledger.members, member_id)
        left = [(one.lot, one.points) for one in desk.ledger.points.left(ids)]
        balance = desk.ledger.points.balance(ids, now)
        expiring, expires_on = ending_soon(left, now, zone)
        found = Standing(
            active=balance.active,
            pending=balance.pending,
            debt=balance.debt,
            expiring=expiring,
            expires_on=expires_on,
        )
        if not programme.tiers:
            return found
        plan = programme.plan(zone)
        state = tier_state(desk.ledger.points, ids, plan, now)
        stands = standing(state.moves)
        metric = metric_at(plan, state.entries, now)
        above = missing_to_next(plan, stands.tier, metric)
        return replace(
            found,
            tier=plan.tier(stands.tier),
            next_tier=above.tier if above else None,
            missing=above.amount if above else 0,
            metric=metric,
            kept_until=stands.kept_until,
        )

    def will_earn(self) -> int:
        """Return the points that the open basket will earn; 0 for nobody's."""
        current, priced = self._sale.current, self._sale.priced
        if current is None or priced is None or current.basket.shopper is None:
            return 0
        known = self._will_earn
        if known is not None and known[0] is priced and known[1] is current:
            return known[2]
        programme = self.programme
        if programme.earn is None:
            return 0
        earner = self._earners.of(
            current.basket.shopper.member_id,
            lambda: earner_of(self._desk, self._ids(current)),
        )
        points = self._earning.points(programme, earner, current, priced)
        self._will_earn = (priced, current, points)
        return points

    @property
    def given(self) -> PointsBurn | None:
        """The points that the open sale is given, as discount or as tender."""
        current, priced = self._sale.current, self._sale.priced
        if current is None or priced is None:
            return None
        return given(current, priced)

    def burnable(self) -> Burnable:
        """Return the most that the customer may give now, and what stops more."""
        current, priced = self._sale.current, self._sale.priced
        rule = self.programme.burn
        if current is None or priced is None or rule is None:
            return NOTHING_TO_GIVE
        if current.basket.shopper is None or self._is_settled(current, rule):
            return NOTHING_TO_GIVE
        return burnable(rule, self._occasion(current, priced))

    def refusal(self) -> UserError | None:
        """Return what the customer has to prove before more points can be given."""
        current = self._sale.current
        offered = self.burnable()
        if current is None or offered.bound is not BurnBound.RECOGNITION:
            return None
        rule, policy = self.programme.burn, self.programme.recognition
        assert rule is not None
        occasion = replace(self._open_occasion(), allowed=None)
        wanted = burnable(rule, occasion).burn.points
        try:
            now = self._desk.clock.now()
            require_burn(current.basket.recognition, max(wanted, 1), now, policy)
        except UserError as error:
            return error
        return None

    def history(self, member_id: str, since: Timestamp) -> Sequence[PointEvent]:
        """Return what happened to a person's points, the latest first."""
        ids = person_ids(self._desk.ledger.members, member_id)
        return self._desk.ledger.points.history(ids, since)

    def facts_of(self, sale: Sale) -> TicketFacts | None:
        """Return what a finished ticket told its member; None for nothing."""
        return self._desk.ledger.points.facts_of(sale.sale_id)

    # ------------------------------------------------------------------- the sale

    def give(self, points: int | None) -> None:
        """Give points for the open sale, as the programme says; None takes them back.

        Raises:
            UserError: "basket_empty", "points_off", "points_without_member",
                "money_already_taken", what `asked_burn` and `Payment.take` refuse, or
                "member_burn_needs_more".
        """
        self._desk.session.require(Permission.SELL)
        current, rule = self._sale.current, self.programme.burn
        if current is None:
            raise UserError("basket_empty")
        if points is None:
            self._take_back(current)
            return
        if rule is None:
            raise UserError("points_off")
        if current.basket.shopper is None:
            raise UserError("points_without_member")
        occasion = self._open_occasion()
        burn = asked_burn(rule, replace(occasion, allowed=None), points)
        now, policy = self._desk.clock.now(), self.programme.recognition
        require_burn(current.basket.recognition, burn.points, now, policy)
        if rule.burn_as is BurnAs.DISCOUNT:
            self._sale.accept(GivePoints(burn))
            return
        self._take_back(current)
        self._checkout.refuse_unpayable()
        self._checkout.take_checked(
            TenderLine(
                tender_id=self._desk.ids.new(),
                key=POINTS_KEY,
                kind=TenderKind.POINTS,
                amount_minor=burn.amount_minor,
                reference=str(burn.points),
                is_verified=True,
                account_id=current.basket.basket_id,
            )
        )

    def adjust(self, member_id: str, points: int, reason: str) -> Future[Balance]:
        """Change a person's points by hand; two people answer for it.

        Raises:
            UserError: "points_none", "reason_unknown".
            ApprovalNeeded: "not_permitted": somebody else has to consent, always.
        """
        return adjust(self._desk, self.programme, (member_id, points), reason)

    def reasons(self, language: str) -> tuple[tuple[str, str], ...]:
        """Return (key, words) of why points may be changed by hand."""
        return adjust_reasons(self._desk, language)

    def _take_back(self, current: OpenSale) -> None:
        paid = points_tender(current)
        if paid is not None:
            self._checkout.give_back(paid.tender_id)
        elif current.basket.points is not None:
            self._sale.accept(GivePoints(None))

    def _open_occasion(self) -> BurnOccasion:
        current, priced = self._sale.current, self._sale.priced
        assert current is not None
        assert priced is not None
        return self._occasion(current, priced)

    def _occasion(self, current: OpenSale, priced: PricedBasket) -> BurnOccasion:
        ids = self._ids(current)
        return burn_occasion(self._desk, self.programme, ids, current, priced)

    def _ids(self, current: OpenSale) -> tuple[str, ...]:
        shopper = current.basket.shopper
        assert shopper is not None
        return person_ids(self._desk.ledger.members, shopper.member_id)

    @staticmethod
    def _is_settled(current: OpenSale, rule: BurnRule) -> bool:
        """Tell whether money stands in the way: a price that was paid is fixed."""
        return current.has_money and rule.burn_as is BurnAs.DISCOUNT
