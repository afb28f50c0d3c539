"""What a cashier does, by touching the window: tiles, pad, scanner, payment keys."""

from __future__ import annotations

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind
from pos_app.values.money import format_minor, parse_minor

#: Shop numbers and PLUs are short and are keyed in; barcodes are scanned.
LONGEST_KEYED = 6
GROUP = "code_group"


class ScriptedCashier:
    """Works at a scripted till."""

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._counter = place.till.counter
        self._flow = place.screen.flow

    # ------------------------------------------------------------------- sign-on

    def choose_name(self, number: str) -> None:
        """Touch a name on the sign-on screen."""
        self._hand.press(f"staff-{number}")

    def key_pin(self, digits: str) -> None:
        """Key in digits of a PIN."""
        for digit in digits:
            self._hand.press(f"pin-D{digit}")

    def enter_pin(self) -> None:
        """Press the main key of the sign-on screen."""
        sign_on = self._flow.sign_on
        self._hand.press("signOn")
        self._hand.wait(lambda: not sign_on.state.is_checking, "the PIN's check")

    def sign_on(self, number: str, pin: str) -> None:
        """Sign on to sell; asserts that the till let the person in."""
        self.choose_name(number)
        self.key_pin(pin)
        self.enter_pin()
        staff = self._counter.desk.session.staff
        assert staff is not None, number
        assert staff.number == number
        if self._flow.features.shift.is_shown:
            self._hand.strike("Escape")  # the float is counted later
            assert self.is_selling

    def lock(self) -> None:
        """Lock the till; the basket stays."""
        self.begin_next()
        self._hand.press("lockButton")

    # ---------------------------------------------------------------------- sale

    def scan(self, code: str) -> None:
        """Take goods: from a tile, by number on the pad, or with the scanner."""
        self.begin_next()
        self._place.clock.pass_by()
        if len(code) > LONGEST_KEYED:
            self._hand.scan(code)
            return
        found = self._counter.sale.look_up(code)
        if found and self._hand.press_item("tiles", found.unit.unit_id):
            return
        self._hand.key_in(code + "⏎")

    def key_prefix(self, count: str) -> None:
        """Key in `3 ×` for the next scan."""
        self.begin_next()
        self._hand.key_in(f"{count}×")

    def weigh(self, kilograms: str) -> None:
        """Key in what the scale says and take it."""
        self._place.clock.pass_by()
        self._hand.key_in(kilograms)
        self._hand.press("weightTake")

    def change_quantity(self, count: str) -> None:
        """Key in a number and make it the selected line's quantity."""
        self._place.clock.pass_by()
        self._hand.key_in(count)
        self._hand.press("lineQuantity")

    def delete_line(self) -> None:
        """Delete the selected line; a red one by the key of its own strip."""
        self._place.clock.pass_by()
        strip = self._flow.screens.sale.ticket.problem
        self._hand.press("problemDelete" if strip.isVisible() else "lineDelete")

    def begin_void(self, reason: str) -> None:
        """Open the void dialog and choose a reason."""
        self._hand.press("function_void_sale")
        self._hand.press(f"reason-{reason}")

    def void_sale(self) -> None:
        """Hold the key of the void dialog until the sale is gone."""
        self._hand.hold("voidHold", lambda: self._counter.sale.basket is None)
        self._place.clock.pass_by()

    # ------------------------------------------------------------------- payment

    def go_to_payment(self) -> None:
        """Press the main key, unless the payment is open already."""
        if not self._shows(self._flow.screens.payment):
            self._hand.press("mainAction")
        assert self._shows(self._flow.screens.payment)

    def round_off(self, amount: str) -> None:
        """抹零: press its key, which must offer just this amount."""
        self.go_to_payment()
        self._hand.press("roundOffAction")
        basket = self._counter.sale.basket
        assert basket is not None
        assert basket.round_off_minor == self._minor(amount), basket.round_off_minor

    def offer(self, key: str, amount: str = "", reference: str = "") -> None:
        """Choose a tender and key in its reference and amount; nothing is taken."""
        self.go_to_payment()
        self._place.clock.pass_by()
        kind = self._counter.checkout.tender_type(key)
        if kind.kind is TenderKind.CODE:
            self._hand.press(f"tender_{GROUP}")
            self._hand.press(f"choice_{key}")
        else:
            self._hand.press(f"tender_{key}")
        # The pad has digits only; a voucher's letters stay on the voucher.
        self._hand.key_in("".join(x for x in reference if x.isdigit()))
        if amount:
            self._key_amount(amount, has_reference=bool(reference))

    def _key_amount(self, amount: str, *, has_reference: bool) -> None:
        payment = self._flow.screens.payment
        if has_reference:
            self._hand.press_at(payment.pay.entry)
        minor = self._minor(amount)
        given = self._hand.find_button(f"cash_{minor}")
        if given is not None:
            self._hand.press_at(given)
        else:
            self._hand.key_in(format_minor(minor, self._currency).removesuffix(".00"))

    def accept(self) -> Sale | None:
        """Take what is offered; returns the sale if that ended it.

        Returns:
            The finished sale, or None while money is still missing.
        """
        self._place.clock.pass_by()
        payment = self._flow.payment
        last = self._last_number()
        self._hand.press("mainAction")
        self._hand.wait(lambda: not payment.is_waiting, "the commit")
        sale = self._counter.desk.ledger.last_sale()
        if sale is None or sale.number == last:
            return None
        assert self._shows(self._flow.screens.done)
        return sale

    def _last_number(self) -> str:
        sale = self._counter.desk.ledger.last_sale()
        return sale.number if sale else ""

    # ----------------------------------------------------------------- elsewhere

    def go_to_settings(self) -> None:
        """Open the settings."""
        self.begin_next()
        self._hand.press("function_settings")

    def open_settings_page(self, page: str) -> None:
        """Open a page of the settings and let it finish what it shows."""
        settings = self._flow.settings
        self._hand.press(f"go-{page}")
        if page == "devices":
            presenter = self._flow.features.hardware.presenter
            paper = "the test slip's preview"
            self._hand.wait(lambda: bool(presenter.state.chosen.test.png), paper)
            self._hand.wait(lambda: presenter.knows_drivers, "the drivers")
        elif page == "about":
            self._hand.press("checkDatabase")
            self._hand.wait(lambda: settings.state.about.check is not None, "the check")

    def leave_settings(self) -> None:
        """Go back to the sale by the tab of the top bar, once all is changed."""
        settings = self._place.screen.flow.settings
        self._hand.wait(lambda: not settings.is_changing, "the change of a setting")
        self.press_tab("sale")
        assert self.is_selling

    def press_tab(self, key: str) -> None:
        """Press a tab of the top bar, once it stands there for whoever is here now."""
        self._hand.wait(lambda: self._has_tab(key), f"the tab {key}")
        self._hand.press(f"tab_{key}")

    def _has_tab(self, key: str) -> bool:
        tab = self._hand.find_button(f"tab_{key}")
        row = tab.parentWidget() if tab is not None else None
        if tab is None or row is None:
            return False
        return row.rect().contains(tab.geometry())

    @property
    def is_selling(self) -> bool:
        """Tell whether the sale screen is shown."""
        return self._shows(self._flow.screens.sale)

    def begin_next(self) -> None:
        """Leave the last customer's change for the next customer."""
        if self._shows(self._flow.screens.done):
            self._place.await_slips()
            self._hand.press("mainAction")
        if self._flow.features.returns.is_shown and self._counter.sale.current is None:
            self._hand.press("panelClose")  # the receipt of the customer before

    def _shows(self, screen: object) -> bool:
        return self._flow.window.screen_shown is screen

    def _minor(self, amount: str) -> int:
        return parse_minor(amount, self._currency)

    @property
    def _currency(self) -> str:
        return self._counter.sale.rules.currency


class ScriptedBesides:
    """What else is done at a scripted till, with the cashier who sells there."""

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self._place = place
        self._hand = place.hand
        self._cashier = cashier
        self._counter = place.till.counter
        self._flow = place.screen.flow
