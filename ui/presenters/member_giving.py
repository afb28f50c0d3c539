"""What the keys of a member's points and coupons do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.errors import UserError
from pos_app.i18n import _
from ui.format import counted
from ui.presenters.member_purse import points_typed
from ui.presenters.question_state import Answer, Question

if TYPE_CHECKING:
    from ui.presenters.members import MembersPart

#: Why a coupon is taken back, for the journal.
BY_HAND = "by_hand"


class MemberPurse:
    """Changes what the open member has in hand."""

    def __init__(self, part: MembersPart) -> None:
        self._part = part

    @property
    def _id(self) -> str:
        assert self._part.member is not None
        return self._part.member.detail.row.member_id

    def act(self, key: str, what: str) -> bool:
        """A key of the form was pressed; tell whether it was one of these."""
        made: dict[str, Callable[[], None]] = {
            "points": lambda: self._adjust(is_less=what == "take"),
            "coupon_give": self._give,
            "revoke": lambda: self._ask_revoke(what),
        }
        if key not in made:
            return False
        made[key]()
        return True

    def _adjust(self, *, is_less: bool) -> None:
        part = self._part
        draft, points = part.draft, points_typed(part.draft.points)
        if not points:
            part.frame.refuse(UserError("points_none"))
            return
        if not draft.why:
            part.frame.say(_("Choose the reason first"))
            return
        change, service = -points if is_less else points, part.work.counter.points

        def done(balance: Balance) -> None:
            left = counted(balance.active)
            part.frame.say(_("Points to use now: {points}", points=left))
            part.took("points", "why")

        member_id = self._id
        part.do(lambda: service.adjust(member_id, change, draft.why), done)

    def _give(self) -> None:
        part, template = self._part, self._part.draft.template
        if not template:
            part.frame.say(_("Choose the coupon first"))
            return
        office = part.work.counter.coupon_office

        def done(given: GivenCoupon) -> None:
            part.frame.say(_("Coupon given: {name}", name=given.name))
            part.took("template")

        member_id = self._id
        part.do(lambda: office.give(template, member_id, printed=False), done)

    def _ask_revoke(self, coupon_id: str) -> None:
        part = self._part
        assert part.member is not None
        name = next(x.name for x in part.member.coupons if x.coupon_id == coupon_id)
        question = Question(
            "prohibit",
            _("Revoke “{name}” of this member?", name=name),
            _("It is good no more, and it cannot be undone."),
            (
                Answer("keep", _("Keep the coupon"), is_main=True),
                Answer("revoke", _("Revoke the coupon"), "prohibit"),
            ),
        )
        office = part.work.counter.coupon_office

        def on_answer(answer: str) -> None:
            if answer == "revoke":
                part.do(lambda: office.revoke(coupon_id, BY_HAND), part.renew)

        part.question_wanted.emit(question, on_answer)
