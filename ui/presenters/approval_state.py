"""What the approval dialog shows, whole and frozen (picture 09)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApprovalWords:
    """What the asking screen knows better than the demand does; all of it optional.

    Attributes:
        title: what it is about ("棉质短袜 灰 × 2"); "" for what the demand tells.
        before, after: amounts in words ("30.00", "24.00"); "" for none.
        note: amber, why it needs somebody; "" for what the limits tell.
        detail: below the note ("本单少收 6.00").
        reason: key of the reason that the cashier has chosen already.
    """

    title: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    detail: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ApproverView:
    """Somebody who could approve."""

    staff_id: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class AskedView:
    """The card of what is asked.

    Attributes:
        icon, badge: of the action ("pencil-simple", "改价").
        title: what it is about. agree: words of the main key ("同意改价").
        before, after, note, detail: see `ApprovalWords`.
    """

    icon: str
    badge: str
    title: str
    agree: str
    before: str = ""
    after: str = ""
    note: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """Everything the dialog shows.

    Attributes:
        asked: the card. reasons: (key, words) in order; empty where none is needed.
        reason: the chosen one's key. approvers: who could. chosen: whose PIN.
        typed: how many digits are in. most: how many there may be.
        problem: what was wrong, with the tries left or the seconds to wait.
        asked_by: the cashier, in words ("申请人 陈晓雨（1027）").
        blocked: why the main key waits; "" when it can be pressed.
        can_type: whether the pad takes digits.
        is_phone_order: 1-2-3 on top.
    """

    asked: AskedView
    reasons: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    approvers: tuple[ApproverView, ...] = ()
    chosen: str = ""
    typed: int = 0
    most: int = 6
    problem: str = ""
    asked_by: str = ""
    blocked: str = ""
    can_type: bool = False
    is_phone_order: bool = False

    @property
    def chosen_approver(self) -> ApproverView | None:
        """Whose PIN is being typed."""
        return next((x for x in self.approvers if x.staff_id == self.chosen), None)
