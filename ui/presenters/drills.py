"""Scenario cards: chosen, made ready, played at the real screens, judged.

What was done is read from the training ledger after every commit; nothing here knows
which key was pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.training.card import Card, CardKey, Verdict
from pos_app.domain.training.cards import CARDS, card_of, next_card
from pos_app.domain.training.evidence import Given
from pos_app.domain.training.score import Attempt, score_of
from pos_app.errors import GuitaiError
from ui import tasks
from ui.presenters.drill_state import DrillMode, DrillState
from ui.presenters.drill_view import DrillView, Moment
from ui.presenters.frame import FramePresenter
from ui.presenters.workplace import Workplace


class DrillsPresenter(QObject):
    """One card at a time.

    Attributes:
        attempts: cards played to their end in this training, oldest first.
        leads_back: somebody came for one card; behind it is the way out.
    """

    changed = Signal()
    """Screen and strip must show the state anew."""
    started = Signal()
    """The card runs: to the sale."""
    ended = Signal()
    """The card is over, well or badly."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        assert work.practice is not None
        self._work, self._frame = work, frame
        self._practice = work.practice
        self._view = DrillView(work)
        self._card = CARDS[0]
        self._mode = DrillMode.READY
        self._given = Given()
        self._step: Callable[[], Future[Any] | None] = _nothing
        self._verdict = Verdict((), ())
        self._reached: tuple[bool, ...] = ()
        self._helps = 0
        self._shows_help = False
        self._is_ready = False
        self._started_ms = 0
        self.attempts: list[Attempt] = []
        self.leads_back = False

    @property
    def is_running(self) -> bool:
        """Whether a card is being played."""
        return self._mode is DrillMode.RUNNING

    @property
    def mode(self) -> DrillMode:
        """How far the card is."""
        return self._mode

    @property
    def card(self) -> Card:
        """The card that is chosen."""
        return self._card

    @property
    def given(self) -> Given:
        """What the card gives."""
        return self._given

    @property
    def is_ready(self) -> bool:
        """Whether the card can be begun."""
        return self._mode is DrillMode.READY and self._is_ready

    @property
    def state(self) -> DrillState:
        """Return everything the screen and the strip show."""
        moment = Moment(
            card=self._card,
            mode=self._mode,
            given=self._given,
            reached=self._reached,
            attempts=tuple(self.attempts),
            shows_help=self._shows_help,
            is_ready=self.is_ready,
            leads_back=self.leads_back,
        )
        return self._view.state(self._frame.state(tab="drills"), moment)

    # -------------------------------------------------------------------- intents

    def choose(self, key: str) -> None:
        """Make a card ready and read it; one that runs is given up."""
        if self._mode is DrillMode.PREPARING:
            return
        self._card, self._mode = card_of(CardKey(key)), DrillMode.PREPARING
        self._given, self._reached = Given(), (False,) * len(self._card.steps)
        self._shows_help = False
        try:
            self._step = self._practice.prepare(self._card)
        except GuitaiError as error:
            self._on_refused(error)
            return
        self._go_on()

    def start(self) -> None:
        """Play the card that was read."""
        if self._mode is not DrillMode.READY or not self._is_ready:
            return
        self._practice.begin()
        self._verdict = Verdict((False,) * len(self._card.steps), ())
        self._reached = self._verdict.done
        self._helps, self._shows_help = 0, False
        self._started_ms = self._work.counter.desk.clock.monotonic_ms()
        self._mode = DrillMode.RUNNING
        self.started.emit()
        self.changed.emit()

    def again(self) -> None:
        """Read the same card once more, with other goods."""
        self.choose(self._card.key.value)

    def go_next(self) -> None:
        """Read the next card."""
        self.choose(next_card(self._card.key).value)

    def take_help(self) -> None:
        """Say how it is done; that costs points."""
        if self.is_running and not self._shows_help:
            self._helps += 1
            self._shows_help = True
        self.changed.emit()

    def put_paper_in(self) -> None:
        """Do what a person does with a roll of paper."""
        self._practice.put_paper_in()
        self.look()

    def give_up(self) -> None:
        """Stop the card; it counts nowhere."""
        self.choose(self._card.key.value)

    def stop(self) -> None:
        """Training is over: what is still on its way is not looked at."""
        self._mode = DrillMode.OVER
        self.blockSignals(True)

    # ------------------------------------------------------------------ making ready

    def _go_on(self, _done: object = None) -> None:
        if self._mode is not DrillMode.PREPARING:
            return
        try:
            future = self._step()
        except GuitaiError as error:
            self._on_refused(error)
            return
        if future is None:
            self._given = self._practice.given()
            self._mode, self._is_ready = DrillMode.READY, True
            self.changed.emit()
            return
        task = tasks.watch(future).then(self._go_on)
        task.otherwise(self._on_refused).after_bug(self._on_bug)
        self.changed.emit()

    def _on_refused(self, error: GuitaiError) -> None:
        if self._mode is not DrillMode.PREPARING:
            return
        self._mode, self._is_ready = DrillMode.READY, False
        self._practice.clear()
        self._frame.refuse(error)
        self.changed.emit()

    def _on_bug(self) -> None:
        self._mode, self._is_ready = DrillMode.READY, False
        self.changed.emit()

    # --------------------------------------------------------------------- judging

    def look(self) -> None:
        """Something was committed: see how far the card has come."""
        if not self.is_running:
            return
        evidence = self._practice.evidence()
        self._verdict = self._card.check(self._given, evidence)
        pairs = zip(self._reached, self._verdict.done, strict=True)
        self._reached = tuple(before or now for before, now in pairs)
        if self._verdict.is_over:
            self._end()
        self.changed.emit()

    def _end(self) -> None:
        self._mode = DrillMode.OVER
        self._reached = self._final()
        done, steps = sum(self._reached), len(self._reached)
        clock = self._work.counter.desk.clock
        seconds = (clock.monotonic_ms() - self._started_ms) // 1000
        mistakes = self._verdict.mistakes
        times = (seconds, self._card.seconds)
        score = score_of((done, steps), len(mistakes), self._helps, times)
        attempt = Attempt(
            card=self._card.key,
            seconds=seconds,
            mistakes=mistakes,
            helps=self._helps,
            steps_done=done,
            steps=steps,
            score=score,
        )
        self.attempts.append(attempt)
        self._practice.clear()
        self.ended.emit()

    def _final(self) -> tuple[bool, ...]:
        """Return the steps that count: the last one decides for those before it."""
        done = self._verdict.done
        return self._reached if done[-1] else done


def _nothing() -> Future[Any] | None:
    return None
