"""Somebody else's consent in believable states: why the drawer, whose PIN, a wrong one."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.demo_day_pictures import MANAGER
from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill

_CASHIER = ("1001", "2580")
_BASKET = ("9521001001373", "710020")


class ApprovalScenes:
    """Plays on the sale screen with an empty till; leaves it empty again.

    Args:
        place: an open scripted till with the manager signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand
        self._flow = place.screen.flow
        self._counter = place.till.counter
        self._cashier = ScriptedCashier(place)

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._cashier.lock()
        self._cashier.sign_on(*_CASHIER)
        for code in _BASKET:
            self._hand.scan(code)
        yield "sale_locked_keys"
        self._hand.press("function_drawer")
        yield "dialog_no_sale"
        self._hand.press("reason_change_money")
        yield "dialog_approval"
        self._give_pin("00000")
        yield "dialog_approval_pin"
        self._hand.press("approvalAgree")
        checking = self._flow.approvals.presenter
        self._hand.wait(lambda: not checking.is_checking, "the PIN's check")
        yield "dialog_approval_wrong"
        self._hand.press("approvalRefuse")
        self._hand.press("linePrice")
        self._hand.key_in("24")
        self._hand.press("reductionReason_label_differs")
        self._hand.press("reductionTake")
        yield "dialog_approval_price"
        self._hand.press("approvalRefuse")
        self._hand.strike("Escape")  # what is typed
        self._hand.strike("Escape")  # the panel
        self._cashier.begin_void("customer_left")
        self._cashier.void_sale()
        self._cashier.lock()
        self._cashier.sign_on(*MANAGER)

    def _give_pin(self, digits: str) -> None:
        staff = self._counter.sign_on.by_number(MANAGER[0])
        self._hand.press(f"approver_{staff.staff_id}")
        for digit in digits:
            self._hand.press(f"approval-D{digit}")
