"""The keys of the member's panel: below it, beside its field, and the main key."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.permission import Permission
from pos_app.i18n import _
from pos_app.services.members import MemberGlance
from ui.presenters.errand_state import KeyView
from ui.presenters.member_enrol import EnrolTyping
from ui.presenters.member_state import EnrolField
from ui.presenters.sale_state import SaleState
from ui.presenters.workplace import Workplace

FIND, PAY, CLOSE = "member_find", "member_pay", "member_close"
ENROL, ENROL_NOW, AGREE = "member_enrol", "member_enrol_now", "member_agree"
TYPES, PIN, CHECK_PIN = "member_types", "member_pin", "member_check_pin"
HISTORY, CARD, OTHER = "member_history", "member_card", "member_other"
REMOVE, TOP_UP, HERE, TRIED = (
    "member_remove",
    "member_top_up",
    "member_here",
    "member_tried",
)


class MemberKeys:
    """Says which keys there are now; nothing for what this shop does not do.

    Attributes:
        has_customer: tells whether the customer has a screen to type on.
    """

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self.has_customer: Callable[[], bool] = _never

    # ------------------------------------------------------------ beside the field

    def prove_nobody(self) -> tuple[KeyView, ...]:
        """Return the key with which the customer types the phone number."""
        return (self._types(),) if self.has_customer() else ()

    def prove(self, *, has_pin: bool, is_asking_pin: bool) -> tuple[KeyView, ...]:
        """Return the ways to recognise the member better."""
        found = [self._types()] if self.has_customer() else []
        if has_pin:
            found.append(KeyView(PIN, _("PIN"), "lock-key", is_selected=is_asking_pin))
        return tuple(found)

    def _types(self) -> KeyView:
        return KeyView(TYPES, _("Customer types"), "phone")

    # ------------------------------------------------------------- below the panel

    def find(self, *, has_member: bool) -> tuple[KeyView, ...]:
        """Return the keys while a member is looked for."""
        return (KeyView(CARD, _("Back"), "arrow-left"),) if has_member else ()

    def card(self) -> tuple[KeyView, ...]:
        """Return the keys of a member."""
        counter, found = self._work.counter, []
        if counter.stored_value.is_on:
            needs = counter.desk.needs_approval(Permission.STORED_VALUE)
            top_up = KeyView(TOP_UP, _("Wallet"), "wallet", is_locked=needs)
            found.append(top_up)
        if counter.campaigns.has_check_in:
            found.append(KeyView(HERE, _("Check in"), "map-pin"))
        if counter.campaigns.has_try_on:
            found.append(KeyView(TRIED, _("Tried on"), "t-shirt"))
        found.append(KeyView(OTHER, _("Another member"), "user-switch"))
        found.append(KeyView(REMOVE, _("Remove"), "user-minus"))
        return tuple(found)

    def enrol(self) -> tuple[KeyView, ...]:
        """Return the keys of the form."""
        return (KeyView(CARD, _("Do not enrol"), "arrow-left"),)

    def history(self) -> tuple[KeyView, ...]:
        """Return the keys of the points' history."""
        return (KeyView(CARD, _("Back"), "arrow-left"),)

    # -------------------------------------------------------------- beside the pad

    def pay(self, glance: MemberGlance | None) -> tuple[KeyView, ...]:
        """Return the keys above the main key."""
        new = KeyView(ENROL, _("New member"), "user-plus", _("Works offline, too"))
        if glance is None or not self._work.counter.points.is_on:
            return (new,)
        moves = KeyView(HISTORY, _("Points history"), "coins", _("90 days"))
        return (new, moves)

    def main(self, state: SaleState, *, typed: str, chosen: str) -> KeyView:
        """Return the main key: find, take the chosen one, pay, or back."""
        if typed:
            return KeyView(FIND, _("Find {digits}", digits=typed), "magnifying-glass")
        if chosen:
            return KeyView(FIND, _("This is the customer"), "user-circle")
        if state.lines:
            return KeyView(
                PAY,
                _("Take payment"),
                "arrow-circle-right",
                _("Cash, card, phone code"),
                hint="F12",
                is_available=not state.blocked_reason,
                reason=state.blocked_reason,
                detail=state.blocked_detail,
            )
        return KeyView(CLOSE, _("Back to the goods"), "arrow-left", hint="Esc")

    def main_pin(self, is_typed: bool) -> KeyView:
        """Return the main key while the PIN is typed."""
        return KeyView(
            CHECK_PIN,
            _("Check the PIN"),
            "lock-key",
            is_available=is_typed,
            reason="" if is_typed else _("Let the customer type the PIN"),
        )

    def main_enrol(self, typing: EnrolTyping, *, is_busy: bool) -> KeyView:
        """Return the next step of becoming a member."""
        if is_busy:
            words = _("Working")
            return KeyView(ENROL_NOW, words, "circle-notch", is_available=False)
        if not typing.of(EnrolField.PHONE):
            words = _("Type the phone number first")
            return KeyView(
                ENROL_NOW, words, "user-plus", is_available=False, reason=words
            )
        if not typing.is_agreed:
            return KeyView(
                AGREE,
                _("The customer agrees"),
                "check-circle",
                _("Read the words out, or show them"),
                hint="Enter",
            )
        return KeyView(ENROL_NOW, _("Enrol now"), "user-plus", hint="Enter")


def _never() -> bool:
    """Return that there is no customer's screen until somebody says so."""
    return False
