"""Training in believable states: the door, a card, one that runs, its result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pos_app.cli.scripted_till import ScriptedTill

if TYPE_CHECKING:
    from ui.app import TillWindow


class TrainingScenes:
    """Plays with an empty till and somebody signed on who may practise.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        hand, screen = self._hand, self._place.screen
        hand.press("tab_office")
        hand.press("go-training")
        yield "office_training"
        hand.press("enterTraining")
        hand.wait(lambda: self._inner() is not None, "the window of training")
        inner = self._inner()
        assert inner is not None
        hand.window = inner.window
        try:
            yield from self._inside()
        finally:
            hand.window = screen.window
        inner.flow.features.training.ask_to_leave()
        hand.wait(lambda: self._inner() is None, "the end of training")
        yield "office_training_progress"
        screen.flow.go_to_sale()

    def _inner(self) -> TillWindow | None:
        session = self._place.screen.training
        return session.inner if session else None

    def _inside(self) -> Iterator[str]:
        hand, inner = self._hand, self._inner()
        assert inner is not None
        drills = inner.flow.features.training.drills
        assert drills is not None
        hand.wait(lambda: drills.is_ready, "the card")
        yield "training_cards"
        given = drills.given
        hand.press("drillStart")
        first, second = (good.code for good in given.goods)
        for code in (first, first, second):
            hand.press("drillCode0" if code == first else "drillCode1")
        yield "training_sale"
        hand.press("drillCard")
        yield "dialog_training_card"
        hand.press("dialogClose")
        hand.press("drillHelp")
        hand.press("quickCash2")
        hand.wait(lambda: drills.mode.value == "over", "the result")
        hand.wait(lambda: bool(inner.flow.done.state.slip_png), "the slip's picture")
        yield "training_done"
        hand.press("drillResult")
        yield "training_result"
