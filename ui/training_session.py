"""From the real till into training and back: two windows, one of them in front.

The real till stands still meanwhile: its clocks, its daily care and its scanner are
stopped, so nothing of it writes. Its own slips go on printing.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.permission import Staff
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language, use_language
from pos_app.services.training import CLOSED, LEFT, Leaving
from ui import tasks
from ui.bridge import Bridge
from ui.counter_wiring import connect_training
from ui.presenters.practice import Ears, TrainingPlace
from ui.theme.host import theme_host
from ui.widgets.training_sign import training_sign

if TYPE_CHECKING:
    from ui.app import TillWindow


class TrainingSession(QObject):
    """One training after the other, of one real till.

    Attributes:
        inner: the window of training while it lasts.
    """

    def __init__(self, real: TillWindow) -> None:
        super().__init__(real)
        self._real = real
        self._bridge = Bridge()
        self._is_busy = False
        self._trainee: Staff | None = None
        self._place: TrainingPlace | None = None
        self._language = ""
        self._began_ms = 0
        self._card = ""
        self.inner: TillWindow | None = None
        training_sign().left.connect(self._on_left)

    # -------------------------------------------------------------------- inwards

    def enter(self, card: str = "") -> None:
        """Go into training: whoever is signed on, with an empty basket.

        Args:
            card: the one somebody comes for; "" for all of them.
        """
        if self._is_busy or self.inner is not None:
            return
        self._card = card
        self._real.flow.frame.attempt(self._enter)

    def _enter(self) -> None:
        flow, door = self._real.flow, self._real.work.door
        if door is None or flow.sale.is_held or flow.payment.is_waiting:
            return
        self._trainee = door.service.admit()
        self._is_busy = True
        self._bridge = Bridge()
        bridge = self._bridge
        ears = Ears(
            bridge.tell_stored,
            bridge.tell_lost,
            bridge.tell_print,
            bridge.tell_drawer,
        )
        task = flow.runner.run(lambda: door.build(ears))
        task.then(self._on_built).otherwise(self._on_refused).after_bug(self._let_go)

    def _on_built(self, open_place: Callable[[Staff], TrainingPlace]) -> None:
        door, trainee = self._real.work.door, self._trainee
        assert door is not None
        assert trainee is not None
        self._place = open_place(trainee)
        if not self._still_fits(trainee):  # locked, or a scan came meanwhile
            self._throw_away()
            self._on_refused(UserError("training_basket_open"))
            return
        journalled = tasks.watch(door.service.enter(self._place.training_id))
        journalled.then(self._on_entered).otherwise(self._on_not_entered)

    def _still_fits(self, trainee: Staff) -> bool:
        counter = self._real.work.counter
        staff, current = counter.desk.session.staff, counter.sale.current
        is_there = staff is not None and staff.staff_id == trainee.staff_id
        return is_there and (current is None or current.is_empty)

    def _on_entered(self, _journalled: object) -> None:
        assert self._place is not None
        self._is_busy = False
        real, self._language = self._real, current_language()
        real.pause()
        training_sign().turn(is_on=True)
        self._began_ms = real.work.counter.desk.clock.monotonic_ms()
        inner = type(real)(self._place.work, self._bridge, self._language)
        self.inner = inner
        connect_training(inner.flow, self._bridge)
        inner.flow.training_left.connect(self._on_left)
        inner.window.closing.connect(self._on_closing)
        is_full = real.window.isMaximized() or real.window.isFullScreen()
        inner.window.resize(real.window.size())
        inner.window.move(real.window.pos())
        inner.open(full_screen=is_full)
        inner.flow.features.training.begin(self._card)
        inner.window.activateWindow()
        real.window.hide()

    def _on_not_entered(self, error: GuitaiError) -> None:
        """The journal could not be told: nobody goes in."""
        self._throw_away()
        self._on_refused(error)

    def _on_refused(self, error: GuitaiError) -> None:
        self._is_busy = False
        self._real.flow.frame.refuse(error)

    def _let_go(self) -> None:
        self._is_busy = False

    # ------------------------------------------------------------------- outwards

    def _on_left(self) -> None:
        """Back to the real till; whoever went in is still signed on there."""
        inner = self.inner
        if inner is None or inner.flow.sale.is_held or inner.flow.payment.is_waiting:
            return
        journalled = tasks.watch(self._journal(LEFT)).then(self._on_journalled)
        journalled.otherwise(self._real.flow.frame.on_lost)
        self._real.window.show()
        self._real.window.activateWindow()
        self._end(inner)
        inner.window.close()
        self._real.flow.runner.run(self._taken_place().finish)
        inner.window.deleteLater()
        inner.deleteLater()
        use_language(self._language)
        theme_host().use_language(self._language)
        self._real.resume()
        self._real.flow.retranslate()
        if self._real.work.counter.desk.session.staff is None:
            self._real.flow.go_to_sign_on()
        elif self._card:
            self._real.flow.go_to_sale()
            self._real.flow.frame.say(_("This is the real till. What you sell counts."))
        else:
            self._real.flow.features.back_office.go("training")

    def _on_journalled(self, _done: object) -> None:
        """What was just practised stands in the journal now: show it, too."""
        office = self._real.flow.features.back_office
        if office.is_shown and office.shown_key == "training" and office.part:
            office.part.begin()

    def _was_locked(self) -> bool:
        """Tell whether somebody may have come with the PIN that training shows."""
        assert self._place is not None
        practice = self._place.work.practice
        return practice is None or practice.was_locked

    def _on_closing(self) -> None:
        """The window of training is closed, and so the program ends."""
        inner = self.inner
        if inner is None:
            return
        self._journal(CLOSED)
        self._end(inner)
        self._taken_place().finish()
        self._real.window.close()

    def close_with_program(self) -> None:
        """End training because the real till is closed; once."""
        inner = self.inner
        if inner is not None:
            inner.window.close()  # which says so, as if a person had done it

    def _journal(self, ended: str) -> Future[None]:
        assert self._place is not None
        assert self.inner is not None
        door = self._real.work.door
        assert door is not None
        clock = self._real.work.counter.desk.clock
        seconds = (clock.monotonic_ms() - self._began_ms) // 1000
        attempts = self.inner.flow.features.training.attempts
        leaving = Leaving(self._place.training_id, ended, seconds, self._was_locked())
        return door.service.leave(leaving, attempts)

    def _end(self, inner: TillWindow) -> None:
        """Stop the window of training and what reads on this thread."""
        self.inner = None
        training_sign().turn(is_on=False)
        inner.flow.features.training.end()
        inner.stop()
        inner.flow.blockSignals(True)
        assert self._place is not None
        self._place.close_reader()

    def _taken_place(self) -> TrainingPlace:
        place, self._place = self._place, None
        assert place is not None
        return place

    def _throw_away(self) -> None:
        place = self._taken_place()
        place.close_reader()
        self._real.flow.runner.run(place.finish)
