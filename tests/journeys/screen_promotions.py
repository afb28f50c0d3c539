"""A manager who makes promotions in the back office, by touch or by keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.i18n import _
from tests.journeys.screen_till import ScreenTill

ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
MOST_TABS = 40


@dataclass
class PromotionMaker:
    """What one does with the sentence; `by_touch` or with the keys alone."""

    till: ScreenTill
    by_touch: bool

    @property
    def part(self) -> Any:
        """The part of promotions."""
        return self.till.flow.features.back_office.part

    @property
    def sentence(self) -> str:
        """The sentence as it stands."""
        return "".join(x.words for x in self.part.state.editor.pieces)

    def press(self, name: str) -> None:
        """Touch a key, or go to it with Tab and press Space."""
        if self.by_touch:
            self.till.press(name)
            return
        wanted: QWidget = self.till.find(name)
        for _press in range(MOST_TABS):
            if wanted.hasFocus():
                self.till.key(SPACE)
                return
            self.till.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name}")

    def go(self) -> None:
        """Open the part."""
        self.till.press("tab_office")
        self.till.press("go-promotions")

    def begin(self, title: str) -> None:
        """Begin a new promotion with a sentence; its msgid."""
        if self.by_touch:
            self.till.press("newPromotion")
            self.till.touch_row("promotionTemplates", _(title))
            return
        self.till.key(Qt.Key.Key_F12)
        titles = [row.title for row in self.part.state.templates]
        for _step in range(titles.index(_(title)) + 1):
            self.till.key(DOWN)
        self.till.key(ENTER)

    def choose(self, blank: str, words: str) -> None:
        """Put the first goods, category, brand or tag that is found into a blank."""
        self.press(f"blank-{blank}")
        if self.by_touch:
            self.till.press("promotionGoodsSearch")
            self.till.compose(words)
            rows = self.part.state.editor.card.goods.rows
            self.till.touch_row("promotionGoodsRows", rows[0].title)
            self.till.press("promotionCardDone")
            return
        self.till.key(Qt.Key.Key_F3)
        self.till.compose(words)
        self.till.key(ENTER)
        self.till.key(Qt.Key.Key_F12)

    def fill(self, blank: str, number: str) -> None:
        """Put a number into a blank."""
        self.press(f"blank-{blank}")
        if self.by_touch:
            for key in f"C{number}⏎":
                name = {"C": "Clear", "⏎": "Enter", ".": "Point"}.get(key, key)
                self.till.press(f"padKey{name}")
        else:
            self.till.type(number)
            self.till.key(ENTER)

    def wait_for_sample(self) -> Any:
        """Wait until the basket beside the sentence is priced."""
        self.till.wait(lambda: bool(self.part.state.editor.sample.rows))
        self.till.wait(lambda: not self.part.state.editor.sample.is_counting)
        return self.part.state.editor.sample

    def start(self) -> None:
        """Start it now."""
        if self.by_touch:
            self.till.press("promotionStart")
        else:
            self.till.key(Qt.Key.Key_F12)
        self.till.wait(lambda: self.till.dialog == "startPromotionDialog")
        if self.by_touch:
            self.till.press("startPromotionGo")
        else:
            self.till.key(ENTER)
        self.till.wait(lambda: self.till.dialog == "")
        self.till.wait(lambda: not self.part.is_working)
