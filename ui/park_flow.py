"""Parking and taking up again: keys, scans, panel and commits (picture 13)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.permission import Permission
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from pos_app.services.resumed_sale import Resumed
from ui import tasks
from ui.guest_feature import GuestFeature
from ui.keymap import Action
from ui.presenters.frame_state import TabView
from ui.presenters.pad_key import PadKey
from ui.presenters.parked import (
    MERGE,
    NEW,
    PARK,
    PRINT,
    RENAME,
    RESUME,
    VOID,
    ParkedPresenter,
)
from ui.presenters.parked_words import resumed_words
from ui.presenters.sale_state import SaleFunction, SaleState

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.panels.parked import ParkedPanel
    from ui.parked_actions import ParkedActions

#: Keys of the ticket, which is not the open sale's while the list is shown.
_OF_THE_TICKET = frozenset(
    {Action.TIMES, Action.MORE, Action.LESS, Action.DELETE, Action.UNDO, Action.TENDER}
)


class ParkFlow(GuestFeature):
    """Shows the list of parked sales and carries what is asked there."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self.presenter = ParkedPresenter(flow.work, flow.frame, flow.sale.view.ticket)
        self.presenter.state_changed.connect(flow.render)
        self._functions: dict[str, Callable[[], None]] = {
            SaleFunction.PARK.value: self.park_or_open,
            PARK: self.park,
            RESUME: self.resume,
            MERGE: self.merge,
            NEW: self.leave,
            RENAME: self._ask_name,
            PRINT: self._print_slip,
            VOID: self._ask_void,
        }

    @cached_property
    def panel(self) -> ParkedPanel:
        """The list; made once, when it is first opened."""
        from ui.panels.parked import ParkedPanel

        made = ParkedPanel()
        self.keep(made)
        made.closed.connect(self.leave)
        made.rows.chosen.connect(self.presenter.choose)
        return made

    @cached_property
    def actions(self) -> ParkedActions:
        """What is done to a sale of the list; made with its dialogs, once."""
        from ui.parked_actions import ParkedActions

        return ParkedActions(self.flow, self.presenter)

    def _ask_name(self) -> None:
        self.actions.ask_name()

    def _print_slip(self) -> None:
        self.actions.print_slip()

    def _ask_void(self) -> None:
        self.actions.ask_void()

    # ------------------------------------------------------------- where one is

    @override
    def manual_name(self) -> str:
        return "parked"

    @override
    def tab(self) -> TabView | None:
        staff = self.flow.work.counter.desk.session.staff
        if staff is None or not staff.may(Permission.PARK):
            return None
        count = self.presenter.count
        badge = str(count) if count else ""
        return TabView("parked", _("Parked"), "pause-circle", badge)

    @override
    def open(self) -> None:
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            return
        if self.flow.window.screen_shown is not self.flow.screens.sale:
            self.flow.go_to_sale()
        self.flow.features.leave(but=self)
        self.flow.sale.on_escape()
        self.presenter.begin()
        self.enter(self.panel)

    @override
    def leave(self) -> None:
        if self.is_shown:
            self.actions.leave()
            self.flow.screens.sale.goods.show_guest(None)
            self.flow.render()

    @override
    def show(self) -> None:
        self.panel.show_state(self.presenter.state)

    @override
    def dress(self, state: SaleState) -> SaleState:
        return self.presenter.dress(state) if self.is_shown else state

    # --------------------------------------------------------------- what comes

    @override
    def takes_scan(self, code: str) -> bool:
        try:
            parked = self.flow.work.counter.park.by_slip(code)
        except GuitaiError as error:
            self.presenter.forget()
            self.flow.frame.refuse(error)
            return True
        if parked is not None:
            self._on_slip(parked)
            return True
        self.leave()
        return False

    def _on_slip(self, parked: ParkedSale) -> None:
        """Resume what the slip names, or show it when another sale is open."""
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            self.flow.frame.refuse(UserError("commit_under_way"))
            return
        current = self.flow.work.counter.sale.current
        if current is not None and current.has_money:
            self.flow.frame.refuse(UserError("money_already_taken"))
            return
        self.open()
        self.presenter.choose(parked.sale.basket.basket_id)
        if current is None or current.is_empty:
            self.resume()

    @override
    def takes_pad(self, value: str) -> bool:
        if not self.is_shown:
            return False
        if not self.presenter.press(value):
            self.resume()
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.PARK:
            self.park_or_open()
        elif action is Action.PARKED:
            (self.leave if self.is_shown else self.open)()
        elif not self.is_shown:
            return False
        elif action in {Action.UP, Action.DOWN}:
            self.presenter.move(-1 if action is Action.UP else 1)
        elif action in {Action.PAY, Action.ENTER}:
            self.takes_pad(PadKey.ENTER.value)
        else:
            if action is Action.FIND:
                self.leave()
            clears = action in {Action.ESCAPE, Action.DELETE} and self.presenter.clear()
            return clears or action in _OF_THE_TICKET
        return True

    @override
    def takes_function(self, key: str) -> bool:
        if key not in self._functions:
            return False
        self._functions[key]()
        return True

    # ------------------------------------------------------------------- parking

    def park_or_open(self) -> None:
        """F8: set the open sale aside; with nothing open, show what is parked."""
        current = self.flow.work.counter.sale.current
        if current is None or current.is_empty:
            self.open()
        else:
            self.park()

    def park(self) -> None:
        """Set the open sale aside."""
        if not self.flow.sale.is_held and not self.flow.payment.is_waiting:
            self.flow.with_approval(self._park)

    def _park(self) -> None:
        prints = self.flow.work.counter.desk.settings.current.print_parked_slips
        future = self.flow.work.counter.park.park(print_slip=prints)
        self._hold(future, self._on_parked)

    def _on_parked(self, parked: ParkedSale) -> None:
        self._settle()
        self.flow.frame.say(
            _("Parked as #{number}; F9 shows it", number=parked.short_number)
        )
        self._go_on()

    # ------------------------------------------------------------------ going on

    def resume(self) -> None:
        """Go on with the chosen sale."""
        if self.presenter.chosen is not None and not self.flow.sale.is_held:
            self.flow.with_approval(self._resume)

    def _resume(self) -> None:
        self._hold(self.flow.work.counter.park.resume(self._chosen), self._on_resumed)

    def merge(self) -> None:
        """Add the chosen sale to the open one."""
        if self.presenter.chosen is not None and not self.flow.sale.is_held:
            self.flow.with_approval(self._merge)

    def _merge(self) -> None:
        self._hold(self.flow.work.counter.park.merge(self._chosen), self._on_resumed)

    def _on_resumed(self, done: Resumed) -> None:
        self._settle()
        self.leave()
        self.flow.frame.say(resumed_words(done, self.flow.work.currency))
        self._go_on()

    @property
    def _chosen(self) -> str:
        chosen = self.presenter.chosen
        assert chosen is not None
        return chosen.sale.basket.basket_id

    # --------------------------------------------------------------- the commit

    def _hold(self, future: Future[Any], then: Any) -> None:
        """Wait for a commit; scans wait in order."""
        self.flow.sale.hold()
        task = tasks.watch(future).then(then)
        task.otherwise(self._on_failed).after_bug(self.flow.sale.release)

    def _settle(self) -> None:
        self.flow.work.counter.park.settled()
        self.flow.frame.drop_toast()
        self.presenter.forget()

    def _go_on(self) -> None:
        self.flow.sale.release()
        if self.flow.window.screen_shown is not self.flow.screens.sale:
            self.flow.go_to_sale()
        self.flow.render()
        self.flow.lock_if_wanted()

    def _on_failed(self, error: GuitaiError) -> None:
        """Nothing was committed: the open sale is as before."""
        self.flow.work.counter.park.settled()
        self.presenter.forget()
        self.flow.frame.refuse(error)
        self.flow.sale.release()
        self.flow.lock_if_wanted()
