"""What happens with members, by touching the window: found, enrolled, wallets, points."""

from __future__ import annotations

from pos_app.cli.scripted_cashier import ScriptedBesides
from pos_app.domain.member.recognition import Strength

_WALLET_KEY = "memberKey0"
_PIN_KEY = "memberProof0"


class ScriptedMembers(ScriptedBesides):
    """Serves members at a scripted till without a screen for the customer."""

    def find(self, phone: str) -> None:
        """Look for the number that a customer says; their page is shown."""
        self._look_for(phone)
        members = self._counter.members
        self._hand.wait(lambda: members.current is not None, "the member")

    def begin_enrol(self, phone: str) -> None:
        """Look for a number that nobody has: who says it may become a member."""
        self._look_for(phone)

    def _look_for(self, phone: str) -> None:
        self._cashier.begin_next()
        self._place.clock.pass_by()
        self._hand.strike("F2")
        self._hand.key_in(phone)
        self._hand.strike("Return")

    def agree(self) -> None:
        """The customer agrees and is a member: two times Enter."""
        self._hand.strike("Return")
        self._hand.strike("Return")
        members = self._counter.members
        self._hand.wait(lambda: members.current is not None, "the new member")

    def key_pin(self, digits: str) -> None:
        """Let the member of the page type the PIN."""
        self._place.clock.pass_by()
        self._hand.press(_PIN_KEY)
        self._hand.key_in(digits)
        self._hand.strike("Return")
        members = self._counter.members
        self._hand.wait(lambda: members.strength is Strength.STRONG, "the PIN's check")

    def show(self) -> None:
        """Show the page of whoever is recognised."""
        self._hand.strike("F2")

    def leave(self) -> None:
        """Go back to the goods."""
        self._flow.frame.drop_toast()
        self._hand.strike("Escape")

    def begin_top_up(self, offer_minor: int) -> None:
        """Open the empty wallet of the page's member and choose an offer."""
        self._place.clock.pass_by()
        self._hand.press(_WALLET_KEY)
        self._hand.press(f"valueChoice_offer {offer_minor}")

    def take_top_up(self, key: str, reference: str) -> None:
        """Take the money for a wallet that was not there yet."""
        current = self._counter.members.current
        assert current is not None
        self._hand.press(f"valueChoice_{key}")
        if reference:
            self._hand.key_in(reference)
            self._hand.press("valueTake")
        self._hand.press("valueTake")
        value = self._counter.stored_value
        self._hand.wait(
            lambda: value.wallet(current.member_id) is not None, "the money"
        )

    def give_points(self) -> None:
        """Let as many points come off as may, at the payment."""
        self._cashier.go_to_payment()
        self._hand.press("deductUse-points")

    def pay_with_wallet(self) -> None:
        """Let the wallet pay as much as it may."""
        self._cashier.go_to_payment()
        current = self._counter.members.current
        assert current is not None
        wallet = self._counter.stored_value.wallet(current.member_id)
        assert wallet is not None
        self._hand.press(f"deductUse-value {wallet.account_id}")
