"""Prices by hand on the sale screen: another price, discounts, why this price."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.basket import BasketLine
from pos_app.errors import UserError
from pos_app.i18n import _
from ui.guest_feature import GuestFeature
from ui.keymap import Action
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame_state import Tone
from ui.presenters.reduction_state import ReductionKind
from ui.presenters.sale_state import SaleFunction

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.reduction import ReductionDialog
    from ui.panels.why_price import WhyPricePanel
    from ui.presenters.reduction import ReductionPresenter
    from ui.presenters.why_price import WhyPricePresenter


class PriceFlow(GuestFeature):
    """One dialog for the number and its reason, one panel that explains."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        view = flow.screens.sale
        view.price_pressed.connect(self.ask_price)
        view.discount_pressed.connect(self.ask_discount)
        view.why_pressed.connect(self._on_why)

    @cached_property
    def reduction(self) -> ReductionPresenter:
        """What counts what is typed; made once."""
        from ui.presenters.reduction import ReductionPresenter

        made = ReductionPresenter(self.flow.work)
        made.state_changed.connect(self._show_dialog)
        return made

    @cached_property
    def dialog(self) -> ReductionDialog:
        """The dialog; made once, when a price is first given by hand."""
        from ui.dialogs.reduction import ReductionDialog

        dialog, reduction = ReductionDialog(self.flow.window), self.reduction
        self.flow.dialogs.own(dialog)
        dialog.pad_pressed.connect(reduction.on_pad)
        dialog.mode_chosen.connect(reduction.on_mode)
        dialog.mode_switched.connect(reduction.on_mode_switched)
        dialog.reason_chosen.connect(reduction.on_reason)
        dialog.offers_wanted.connect(self._on_offers)
        dialog.taken.connect(self._on_taken)
        dialog.taken_back.connect(self._on_taken_back)
        # The pay column stands beside the dialog: money ends the question.
        self.flow.sale.payment_wanted.connect(dialog.leave)
        self.flow.sale.quick_cash_taken.connect(dialog.leave)
        return dialog

    @cached_property
    def why(self) -> WhyPricePresenter:
        """What tells the steps of a price; made once."""
        from ui.presenters.why_price import WhyPricePresenter

        offers = self.flow.features.offers
        made = WhyPricePresenter(self.flow.work, offers.has_customer)
        made.state_changed.connect(self.show)
        return made

    @cached_property
    def panel(self) -> WhyPricePanel:
        """The panel; made once, when somebody first asks why."""
        from ui.panels.why_price import WhyPricePanel

        panel = WhyPricePanel()
        self.keep(panel)
        panel.closed.connect(self.leave)
        panel.note_pressed.connect(self.flow.dialogs.ask_note)
        panel.take_back_pressed.connect(self._on_panel_take_back)
        self.flow.features.offers.wire(panel)
        return panel

    # ------------------------------------------------------------- the feature

    @override
    def manual_name(self) -> str:
        return "why_price"

    @override
    def open(self) -> None:
        line = self._line()
        if line is None or not self._is_selling:
            return
        if self.is_shown and self.why.line_id == line.line_id:
            self.leave()
            return
        self.flow.features.leave(but=self)
        self.why.begin(line.line_id)
        self.flow.screens.sale.goods.show_guest(self.panel, is_whole=True)
        self.flow.render()

    @override
    def show(self) -> None:
        """Follow the selected line; without one the goods come back."""
        basket = self.flow.work.counter.sale.basket
        selected = basket.selected if basket else None
        if self.is_shown and selected and selected != self.why.line_id:
            self.why.line_id = selected
        if self.why.line is None:
            self.leave()
            return
        self.panel.show_state(self.why.state)

    @override
    def takes_scan(self, code: str) -> bool:
        """Selling goes on: the goods come back with the next scan."""
        self.leave()
        return False

    @override
    def takes_action(self, action: Action) -> bool:
        if not self._is_selling:
            return False
        serve = {
            Action.SALE_DISCOUNT: self.ask_sale_discount,
            Action.PRICE_OVERRIDE: self.ask_price,
            Action.DISCOUNT: self.ask_discount,
            Action.WHY_PRICE: self.open,
        }.get(action)
        if serve is not None:
            serve()
        return serve is not None

    @override
    def takes_function(self, key: str) -> bool:
        if key != SaleFunction.SALE_DISCOUNT.value:
            return False
        self.ask_sale_discount()
        return True

    # ---------------------------------------------------------------- questions

    def _on_why(self) -> None:
        """Explain the line; a red one has no price, but may be given a note."""
        basket = self.flow.work.counter.sale.basket
        selected = basket.selected if basket else None
        if basket and selected and basket.line(selected).is_unknown:
            self.flow.dialogs.ask_note()
        else:
            self.open()

    def ask_price(self) -> None:
        """F6: another price for the selected line."""
        line = self._line()
        if line is not None:
            self._ask(ReductionKind.PRICE, line.line_id)

    def ask_discount(self) -> None:
        """`10 /`: ten per cent off the selected line; without a number, ask."""
        line = self._line()
        if line is not None:
            self._ask(ReductionKind.LINE, line.line_id)

    def ask_sale_discount(self) -> None:
        """F5: a discount on the whole sale."""
        basket = self.flow.work.counter.sale.basket
        if basket is None or not any(line.unit for line in basket.lines):
            self.flow.frame.refuse(UserError("basket_empty"))
            return
        self._ask(ReductionKind.SALE, "")

    def _ask(self, kind: ReductionKind, line_id: str) -> None:
        current = self.flow.work.counter.sale.current
        if self.flow.sale.is_held or current is None:
            return
        if current.has_money:
            self.flow.frame.refuse(UserError("money_already_taken"))
            return
        text = self.flow.sale.take_number()
        self.reduction.begin(kind, line_id, text)
        self.dialog.open()

    def _show_dialog(self) -> None:
        self.dialog.show_state(self.reduction.state)

    def _line(self) -> BasketLine | None:
        """Return the selected line, if its goods are known; else say why not."""
        basket = self.flow.work.counter.sale.basket
        if basket is None or basket.selected is None:
            self.flow.frame.say(_("Choose a line first"), Tone.INFO)
            return None
        line = basket.line(basket.selected)
        if line.unit is None:
            at = basket.lines.index(line) + 1
            self.flow.frame.refuse(UserError("unknown_lines", line=at))
            return None
        return line

    # ----------------------------------------------------------------- answers

    def _on_taken(self) -> None:
        give, words = self.reduction.giving(), self.reduction.words()
        self.dialog.hide()
        self._do(give, words)

    def _on_offers(self) -> None:
        self.dialog.hide()
        self.flow.features.offers.ask_which_to_choose()

    def _on_taken_back(self) -> None:
        self.dialog.hide()
        self._do(self.reduction.taking_back(), None)

    def _on_panel_take_back(self) -> None:
        """Take back what the line has: its discount first, then its price."""
        line, service = self.why.line, self.flow.work.counter.price_by_hand
        if line is None:
            return
        line_id = line.line_id
        if line.discount is not None:
            self._do(lambda: service.take_back_discount(line_id), None)
        else:
            self._do(lambda: service.take_back_override(line_id), None)

    def _do(self, action: Callable[[], None], words: ApprovalWords | None) -> None:
        """Do it, with somebody's consent where that is needed, and show it."""

        def whole() -> None:
            action()
            self.flow.sale.refresh()
            self.flow.screens.sale.setFocus()  # the keyboard is the scanner's again

        self.flow.with_approval(whole, words)

    @property
    def _is_selling(self) -> bool:
        return self.flow.window.screen_shown is self.flow.screens.sale
