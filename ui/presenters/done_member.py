"""What the done screen says of the member: points, tier, coupons that were given."""

from __future__ import annotations

from pos_app.domain.loyalty.ticket_facts import WALLET, TicketFacts, ValueLeft
from pos_app.domain.sale import Sale
from pos_app.i18n import _, current_language
from ui.format import money, moved
from ui.presenters.done_state import OutcomeView
from ui.presenters.frame_state import Tone
from ui.presenters.workplace import Workplace


class DoneMember:
    """Reads the facts of a ticket once; they never change."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._kept: tuple[str, TicketFacts | None] = ("", None)

    def _facts(self, sale: Sale) -> TicketFacts | None:
        if self._kept[0] != sale.sale_id:
            self._kept = (sale.sale_id, self._work.counter.points.facts_of(sale))
        return self._kept[1]

    def earned(self, sale: Sale) -> str:
        """Return what stands lower right of the change: "Points +145"."""
        facts = self._facts(sale)
        if facts is None:
            return ""
        points = facts.earned - facts.taken_back
        if not points:
            return ""
        return _("Points {points}", points=moved(points))

    def outcomes(self, sale: Sale) -> tuple[OutcomeView, ...]:
        """Return balance, a tier that was reached or lost, coupons given."""
        facts = self._facts(sale)
        if facts is None:
            return ()
        left = tuple(self._left(one) for one in facts.values)
        return (*self._of_member(facts), *left)

    def _left(self, value: ValueLeft) -> OutcomeView:
        """Say what is left of a wallet or a gift card that the ticket moved."""
        left = money(value.left_minor, self._work.currency)
        if value.label == WALLET:
            words = _("Stored value left: {amount}", amount=left)
            return OutcomeView("value-wallet", words, "wallet")
        words = _("Gift card {label}: {amount} left", label=value.label, amount=left)
        return OutcomeView(f"value-{value.label}", words, "gift")

    def _of_member(self, facts: TicketFacts) -> tuple[OutcomeView, ...]:
        found = []
        if not facts.member_id:
            return self._coupons(facts)
        if self._work.counter.points.is_on:
            found.append(OutcomeView("points", _balance(facts), "coins"))
        if facts.tier != facts.tier_before:
            found.append(self._tier(facts))
        return (*found, *self._coupons(facts))

    def _coupons(self, facts: TicketFacts) -> tuple[OutcomeView, ...]:
        found = []
        for coupon in facts.coupons:
            words = _("Coupon given: {name}", name=coupon.name)
            found.append(OutcomeView(f"coupon-{coupon.coupon_id}", words, "ticket"))
        return tuple(found)

    def _tier(self, facts: TicketFacts) -> OutcomeView:
        tiers = self._work.counter.points.programme.tiers
        names = {one.key: one.name_in(current_language()) for one in tiers}
        keys = [one.key for one in tiers]
        now = names.get(facts.tier, "")
        is_up = _rank(keys, facts.tier) > _rank(keys, facts.tier_before)
        if is_up:
            return OutcomeView("tier", _("{tier} reached", tier=now), "crown")
        words = _("Now {tier}", tier=now) if now else _("No tier any more")
        return OutcomeView("tier", words, "crown", Tone.PLAIN)


def _rank(keys: list[str], key: str) -> int:
    return keys.index(key) if key in keys else -1


def _balance(facts: TicketFacts) -> str:
    points = f"{facts.active:,}"
    if facts.debt:
        return _("Points owed: {points}", points=f"{facts.debt:,}")
    if facts.pending:
        return _(
            "Points {points}, +{later} later",
            points=points,
            later=f"{facts.pending:,}",
        )
    return _("Points now {points}", points=points)
