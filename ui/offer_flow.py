"""Promotions at the counter: what is nearly reached, chosen, taken away, or shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.explanation import Nearly
from pos_app.i18n import _, current_language
from ui.feature import Feature
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame_state import Tone
from ui.presenters.sale_state import SaleState
from ui.presenters.why_price_state import NearlyView

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.reason import ReasonDialog
    from ui.panels.why_price import WhyPricePanel
    from ui.presenters.offers import OffersPresenter

#: Longer than a frame: a scan is painted before anybody looks for what is near.
BEHIND_MS = 30


class OfferFlow(Feature):
    """Looks behind the paint for what is nearly reached; serves the keys of offers."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._found: tuple[PricedBasket, Nearly | None] | None = None
        self._looked_at: PricedBasket | None = None
        self._nearing: Iterator[tuple[Nearly, ...]] = iter(())
        self._nearest: tuple[Nearly, ...] = ()
        self._explained: tuple[str, PricedBasket] | None = None
        self._declining = ""
        self._customer: Callable[[], bool] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look_on)
        flow.sale.state_changed.connect(self._later.stop)  # a scan comes first
        flow.rendered.connect(self._on_rendered)
        flow.screens.sale.ticket.nearly.wanted.connect(self.add_one)

    @cached_property
    def presenter(self) -> OffersPresenter:
        """What names offers and their goods; made once."""
        from ui.presenters.offers import OffersPresenter

        return OffersPresenter(self.flow.work)

    @cached_property
    def which(self) -> ReasonDialog:
        """Asks which of several offers is meant; made once."""
        return self._asking("offerWhichDialog", self._on_which)

    @cached_property
    def why_not(self) -> ReasonDialog:
        """Asks why an offer is taken away; made once."""
        return self._asking("offerReasonDialog", self._on_reason)

    @cached_property
    def choosing(self) -> ReasonDialog:
        """Offers the promotions that wait for a person; made once."""
        return self._asking("offerChooseDialog", self.toggle)

    def _asking(self, name: str, answered: Callable[[str], None]) -> ReasonDialog:
        from ui.dialogs.reason import ReasonDialog

        dialog = ReasonDialog(self.flow.window, name, "tag")
        self.flow.dialogs.own(dialog)
        dialog.chosen.connect(answered)
        self.flow.sale.payment_wanted.connect(dialog.leave)
        self.flow.sale.quick_cash_taken.connect(dialog.leave)
        return dialog

    # ------------------------------------------------------- what is nearly reached

    @override
    def dress(self, state: SaleState) -> SaleState:
        """Keep a place for what is nearly reached, and show it once it is known."""
        is_own = state.errand is None or not state.errand.line_keys
        is_free = is_own and state.problem is None
        if not is_free or state.nearly is not None or not self._may_speak:
            return state
        view = self.presenter.nearly(self.nearest) if self.nearest else None
        return replace(state, nearly=view, has_nearly_place=True)

    @property
    def nearest(self) -> Nearly | None:
        """What the open basket nearly reaches, as far as it is known."""
        found = self._found
        if found is None or found[0] is not self.flow.work.counter.sale.priced:
            return None
        return found[1]

    @property
    def _may_speak(self) -> bool:
        return self.flow.work.counter.offer_explanation.may_speak

    def _on_rendered(self) -> None:
        """Look for it behind the paint, once for each price of the basket."""
        if not self._is_selling or not self._may_speak:
            return
        priced = self.flow.work.counter.sale.priced
        if self._found is None or self._found[0] is not priced:
            self._later.start(BEHIND_MS)

    def stop(self) -> None:
        """Look for nothing more: the till closes."""
        self._later.stop()
        self.flow.rendered.disconnect(self._on_rendered)

    def _look_on(self) -> None:
        """Take one step of the look; whatever is waiting comes before the next."""
        priced = self.flow.work.counter.sale.priced
        if priced is None or not self._may_speak:
            return
        if self._looked_at is not priced:
            self._looked_at = priced
            self._nearing = self.flow.work.counter.offer_explanation.nearing()
            self._nearest = ()
        try:
            self._nearest = next(self._nearing)
        except StopIteration:
            self._found = (priced, self._nearest[0] if self._nearest else None)
            if self._nearest:
                self.flow.render()
            return
        self._later.start(0)

    def add_one(self, view: object) -> None:
        """Lay one more into the basket where goods are named; else say which count."""
        assert isinstance(view, NearlyView)
        sale, flow = self.flow.sale, self.flow
        if sale.is_held or view.coupons:
            return
        if view.line_id:
            sale.lines.on_line_selected(view.line_id)
            sale.lines.on_quantity_stepped(1)
        elif view.unit_id:
            sale.on_tile_pressed(view.unit_id)
        else:
            goods = self.presenter.goods_of(view.promotion_id)
            flow.frame.say(goods.words, Tone.INFO)
            if goods.tab:
                sale.on_tab_selected(goods.tab)
        flow.screens.sale.setFocus()

    # ------------------------------------------------------------- the panel's keys

    def wire(self, panel: WhyPricePanel) -> None:
        """Serve the keys of the panel that explains a price."""
        panel.customer_pressed.connect(self._on_show_customer)
        panel.decline_pressed.connect(self._on_decline)
        panel.restore_pressed.connect(self.restore)
        panel.nearly_pressed.connect(self.add_one)

    def _on_decline(self) -> None:
        """Ask which offer of the line is meant, where there are several; then why."""
        offers = self.flow.features.price.why.state.offers
        if len(offers) == 1:
            self._on_which(offers[0].promotion_id)
        elif offers:
            self.which.ask(
                _("Which offer is to go?"),
                _("It is left out of this sale; all other offers are looked at anew."),
                [(one.promotion_id, one.name) for one in offers],
                _("Offers of this line"),
            )

    def _on_which(self, promotion_id: str) -> None:
        self._declining = promotion_id
        self.why_not.ask(
            _("Sell without “{offer}”?", offer=self.presenter.name(promotion_id)),
            _("Who left it out, and why, goes into the journal."),
            self.flow.work.counter.offer_choice.reasons(current_language()),
        )

    def _on_reason(self, reason: str) -> None:
        promotion_id, choice = self._declining, self.flow.work.counter.offer_choice
        name = self.presenter.name(promotion_id)

        def decline() -> None:
            choice.decline(promotion_id, reason)
            text = _("Left out: {offer}", offer=name)
            self.flow.frame.offer_undo(
                text, _("Undo"), lambda: self.restore(promotion_id)
            )
            self._shown_anew()

        words = ApprovalWords(title=name, reason=reason)
        self.flow.with_approval(decline, words)

    def restore(self, promotion_id: str) -> None:
        """Use an offer again that was taken away, or leave out one that was chosen."""

        def restore() -> None:
            self.flow.work.counter.offer_choice.restore(promotion_id)
            self.flow.frame.drop_toast()
            self._shown_anew()

        self.flow.with_approval(restore)

    def ask_which_to_choose(self) -> None:
        """Offer the promotions that wait for a person, with what each would save."""
        choosable = self.flow.work.counter.offer_choice.choosable()
        self.choosing.ask(
            _("Choose a promotion"),
            _("It holds for this sale; whoever chose it stands in the journal."),
            [
                (x.promotion.promotion_id, self.presenter.choosable(x))
                for x in choosable
            ],
            _("Touch one that is chosen to leave it out again"),
        )

    def toggle(self, promotion_id: str) -> None:
        """Choose a promotion that waits for a person, or take the choice back."""
        basket = self.flow.work.counter.sale.basket
        if basket is not None and promotion_id in basket.chosen:
            self.restore(promotion_id)
            return

        def choose() -> None:
            self.flow.work.counter.offer_choice.choose(promotion_id)
            name = self.presenter.name(promotion_id)
            self.flow.frame.say(_("Promotion chosen: {promotion}", promotion=name))
            self._shown_anew()

        self.flow.with_approval(choose)

    def _shown_anew(self) -> None:
        self.flow.sale.refresh()
        self.flow.screens.sale.setFocus()  # the keyboard is the scanner's again

    # ------------------------------------------------------------- the customer

    def ask_customer(self, has_screen: Callable[[], bool]) -> None:
        """Say who knows whether the customer has a screen."""
        self._customer = has_screen

    def has_customer(self) -> bool:
        """Tell whether the customer has a screen."""
        return self._customer is not None and self._customer()

    def _on_show_customer(self) -> None:
        priced = self.flow.work.counter.sale.priced
        if priced is not None:
            self._explained = (self.flow.features.price.why.line_id, priced)
            self.flow.frame.say(_("The customer sees the explanation"))

    @property
    def explained(self) -> str:
        """The line that is explained to the customer; "" after the next action."""
        if self._explained is None:
            return ""
        line_id, priced = self._explained
        price, basket = self.flow.features.price, self.flow.work.counter.sale.basket
        is_same = basket is not None and basket.selected == line_id
        is_same = is_same and priced is self.flow.work.counter.sale.priced
        if not is_same or not price.is_shown or not self._is_selling:
            self._explained = None
            return ""
        return line_id

    @property
    def _is_selling(self) -> bool:
        return self.flow.window.screen_shown is self.flow.screens.sale
