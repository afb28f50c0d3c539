"""Training as a part of the counter: its cards, the strip below, the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from ui.feature import Feature
from ui.presenters.frame_state import ChipView, TabView, Tone
from ui.widgets.training_sign import training_sign

if TYPE_CHECKING:
    from pos_app.domain.training.score import Attempt
    from ui.counter_flow import CounterFlow
    from ui.dialogs.drill_card import DrillCardDialog
    from ui.presenters.drills import DrillsPresenter
    from ui.screens.drills import DrillsScreen
    from ui.widgets.drill_strip import DrillStrip

TAB = "drills"
_LOOK_MS = 30


class TrainingFlow(Feature):
    """Inside of training: everything; at the real till: nothing but Ctrl+T."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._screen: DrillsScreen | None = None
        self._strip: DrillStrip | None = None
        self._card: DrillCardDialog | None = None
        self.drills: DrillsPresenter | None = None
        self._look_later = QTimer(self)
        self._look_later.setSingleShot(True)
        self._look_later.setInterval(_LOOK_MS)
        self._look_later.timeout.connect(self.on_stored)

    @property
    def attempts(self) -> Sequence[Attempt]:
        """The cards that were played to their end."""
        return tuple(self.drills.attempts) if self.drills else ()

    @property
    @override
    def is_shown(self) -> bool:
        shown = self.flow.window.screen_shown
        return self._screen is not None and shown is self._screen

    # ------------------------------------------------------------ beginning and end

    def begin(self, card: str = "") -> None:
        """Show the cards: training was entered.

        Args:
            card: the one somebody came for, and is led back from; "" for all.
        """
        from ui.presenters.drills import DrillsPresenter

        self.drills = DrillsPresenter(self.flow.work, self.flow.frame)
        self.drills.changed.connect(self.flow.render)
        self.drills.changed.connect(self._show_strip)
        self.drills.started.connect(self.flow.go_to_sale)
        self.drills.ended.connect(self._on_ended)
        self.flow.frame.changed.connect(self._show_strip)
        training_sign().paper_wanted.connect(self._on_paper_wanted)
        self.drills.leads_back = bool(card)
        self.drills.choose(card or self.drills.card.key.value)
        self.open()

    def end(self) -> None:
        """Hear nothing more: training is over."""
        self._look_later.stop()
        if self.drills is not None:
            self.drills.stop()
        # A slip that is still on its way would read what is being thrown away.
        self.flow.frame.blockSignals(True)
        training_sign().paper_wanted.disconnect(self._on_paper_wanted)

    def ask_to_leave(self) -> None:
        """Ctrl+T: back to the real till."""
        if self.flow.work.practice is not None:
            self.flow.training_left.emit()

    def on_stored(self) -> None:
        """Something was committed: see how far the card has come.

        A sale that is being finished is shown first: its change, then the result.
        """
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            self._look_later.start()
        elif self.drills is not None:
            self.drills.look()

    def _on_ended(self) -> None:
        if self._card is not None:
            self._card.hide()
        self.flow.render()

    def _on_paper_wanted(self, png: bytes) -> None:
        """Print a slip that is looked at, marked, on the real printer."""
        practice, frame = self.flow.work.practice, self.flow.frame
        assert practice is not None
        try:
            is_queued = practice.print_on_paper(png)
        except GuitaiError as error:
            frame.refuse(error)
            return
        if is_queued:
            frame.say(_("The marked slip is printed on paper"))

    # -------------------------------------------------------------- what is around

    @override
    def tab(self) -> TabView | None:
        if self.flow.work.practice is None:
            return None
        return TabView(TAB, _("Cards"), "list-magnifying-glass")

    @override
    def chips(self) -> tuple[ChipView, ...]:
        practice = self.flow.work.practice
        if practice is None or not practice.is_offline:
            return ()
        words = _("No network · selling goes on")
        chip = ChipView("network", words, "cloud-slash", Tone.NOTICE, _("No network"))
        return (chip,)

    @override
    def takes_function(self, key: str) -> bool:
        if key != "network" or self.flow.work.practice is None:
            return False
        words = _("No network. Sales are kept on this till; take cash.")
        self.flow.frame.say(words, Tone.INFO)
        return True

    @override
    def takes_scan(self, code: str) -> bool:
        del code
        if self._card is not None and self._card.isVisible():
            self._card.hide()
        return False

    # ------------------------------------------------------------------ the screen

    @property
    def screen(self) -> DrillsScreen:
        """The screen of the cards; made once."""
        if self._screen is None:
            from ui.screens.drills import DrillsScreen

            assert self.drills is not None
            made = DrillsScreen()
            self.flow.window.add(made)
            made.card_chosen.connect(self.drills.choose)
            made.start_pressed.connect(self.drills.start)
            made.again_pressed.connect(self.drills.again)
            made.next_pressed.connect(self.drills.go_next)
            made.leave_pressed.connect(self.ask_to_leave)
            made.top_bar.tab_selected.connect(self.flow.features.on_tab)
            made.top_bar.lock_pressed.connect(self.flow.lock)
            made.top_bar.cashier_pressed.connect(self.flow.lock)
            made.status_bar.chip_pressed.connect(self.flow.on_chip)
            self._screen = made
        return self._screen

    @override
    def open(self) -> None:
        if self.drills is None:
            return
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            return
        self.flow.window.show_screen(self.screen)
        self.flow.render()

    @override
    def show(self) -> None:
        assert self.drills is not None
        self.screen.show_state(self.drills.state)

    @override
    def retranslate(self) -> None:
        if self._screen is not None:
            self._screen.retranslate()
        if self.drills is not None:
            self._show_strip()

    # ------------------------------------------------------------------- the strip

    def _show_strip(self) -> None:
        """Show the strip while a card runs, and its result after it."""
        assert self.drills is not None
        state = self.drills.state
        if state.strip is not None and not self.is_shown:
            self.strip.show_strip(state.strip)
            self.strip.show()
        elif self._strip is not None:
            self._strip.hide()
        if self._card is not None and self._card.isVisible():
            self._card.show_state(state)

    @property
    def strip(self) -> DrillStrip:
        """The strip below the screens; made with the first card."""
        if self._strip is None:
            from ui.widgets.drill_strip import DrillStrip

            assert self.drills is not None
            made = DrillStrip()
            self.flow.window.add_below(made)
            made.code_tapped.connect(self.flow.on_scanned)
            made.card_pressed.connect(self._open_card)
            made.help_pressed.connect(self.drills.take_help)
            made.paper_pressed.connect(self.drills.put_paper_in)
            made.stop_pressed.connect(self._on_stop)
            made.next_pressed.connect(self._on_next)
            made.result_pressed.connect(self._on_result)
            self._strip = made
        return self._strip

    def _open_card(self) -> None:
        """Show the goal and the codes over the ticket."""
        from ui.dialogs.drill_card import DrillCardDialog

        assert self.drills is not None
        if self._card is None:
            self._card = DrillCardDialog(self.flow.window)
        self._card.show_state(self.drills.state)
        self._card.open()

    def _on_stop(self) -> None:
        assert self.drills is not None
        if not self.flow.sale.is_held and not self.flow.payment.is_waiting:
            self.drills.give_up()
            self._to_cards()

    def _on_next(self) -> None:
        assert self.drills is not None
        if self.drills.leads_back:
            self.ask_to_leave()
            return
        self.drills.go_next()
        self._to_cards()

    def _on_result(self) -> None:
        self._to_cards()

    def _to_cards(self) -> None:
        """Show the cards, whatever is open; closing a shift may have locked."""
        self.flow.dialogs.leave_all()
        self.flow.features.leave(but=self)
        self.open()
        self._show_strip()
