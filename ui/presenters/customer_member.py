"""What the customer's screen says of the customer: a masked greeting, and points.

No history, no phone number, nothing of staff: whoever stands behind reads along.
"""

from __future__ import annotations

from pos_app.domain.basket import Basket
from pos_app.domain.member.masking import greeted_name
from pos_app.domain.pricing_result import PricedBasket
from pos_app.i18n import Words
from pos_app.services.member_memory import MemberMemory
from pos_app.services.members import MemberGlance
from ui.presenters.customer_state import CustomerMember
from ui.presenters.workplace import Workplace


class CustomerGreeting:
    """Reads the member of the open sale; anew only when the sale differs."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._of: tuple[Basket, PricedBasket | None, str] | None = None
        self._kept: CustomerMember | None = None
        self._glances: MemberMemory[MemberGlance] = MemberMemory(work.counter.desk)

    def of_sale(self, words: Words) -> CustomerMember | None:
        """Return the greeting; None while nobody was recognised."""
        sale = self._work.counter.sale
        basket, priced = sale.basket, sale.priced
        if basket is None or basket.shopper is None:
            self._of = self._kept = None
            self._glances.forget()
            return None
        known = self._of
        is_same = known is not None and known[0] is basket and known[1] is priced
        if not is_same or known is None or known[2] != words.language:
            self._of = (basket, priced, words.language)
            self._kept = self._read(words)
        return self._kept

    def _read(self, words: Words) -> CustomerMember | None:
        counter = self._work.counter
        members = counter.members
        known = members.recognition
        if known is None:
            return None
        member_id = known.member_id
        glance = self._glances.of(member_id, lambda: members.glance(member_id))
        programme = counter.points.programme
        standing = counter.points.standing(glance.member_id)
        tier = standing.tier
        greeting = words("Welcome")
        if glance.name_masked:
            greeting = words("{name}, welcome", name=greeted_name(glance.name_masked))
        earns = balance = ""
        if programme.earn is not None:
            points = counter.points.will_earn()
            earns = f"+{points:,}"
        if counter.points.is_on:
            balance = f"{standing.active:,}"
        return CustomerMember(
            tier=tier.name_in(words.language) if tier is not None else "",
            greeting=greeting,
            earns=earns,
            balance=balance,
            earns_label=words("With this sale"),
            balance_label=words("Your points"),
        )
