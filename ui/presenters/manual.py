"""What the manual shows: its contents or what was found, and one page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos_app.i18n import _, current_language
from pos_app.services.manual import FIRST_PAGE, Manual, ManualPage


@dataclass(frozen=True, slots=True)
class ManualRow:
    """A row of the contents or of what was found.

    Attributes:
        key: of the page. title: its title. around: words around what was found.
        is_chosen: whether it is the page on show.
    """

    key: str
    title: str
    around: str
    is_chosen: bool

    @property
    def words(self) -> str:
        """Return the row for assistive tools."""
        return f"{self.title}. {self.around}" if self.around else self.title


@dataclass(frozen=True, slots=True)
class ManualState:
    """Everything the manual shows.

    Attributes:
        rows: contents, or what was found. nothing: said where nothing was.
        typed: what is looked for. title, text: the page, as Markdown.
        pictures: folder of the pictures in the language in use.
    """

    rows: tuple[ManualRow, ...]
    nothing: str
    typed: str
    title: str
    text: str
    pictures: Path


class ManualPresenter(QObject):
    """Leads through the manual in the language in use."""

    changed = Signal()
    """The screen must show `state` anew."""

    def __init__(self) -> None:
        super().__init__()
        self._manual = Manual(current_language())
        self._key = FIRST_PAGE
        self._typed = ""

    def begin(self, screen: str) -> None:
        """Open the page that helps with a screen."""
        self._manual = Manual(current_language())
        self._typed = ""
        self._key = self._manual.page_for(screen).key
        self.changed.emit()

    def on_typed(self, text: str) -> None:
        """Words were typed: what is found is shown, the best page at once."""
        self._typed = text.strip()
        found = self._manual.find(self._typed)
        if found:
            self._key = found[0].page.key
        self.changed.emit()

    def on_chosen(self, key: str) -> None:
        """A row was touched, or a link to a page."""
        if any(page.key == key for page in self._manual.pages):
            self._key = key
            self.changed.emit()

    def on_moved(self, step: int) -> None:
        """The arrow keys: the page before or behind, among what is listed."""
        keys = [row.key for row in self._rows()]
        if keys:
            at = keys.index(self._key) if self._key in keys else -step
            self._key = keys[min(max(at + step, 0), len(keys) - 1)]
            self.changed.emit()

    def on_left(self) -> bool:
        """Esc: the search is given up; whether there was one."""
        had, self._typed = bool(self._typed), ""
        if had:
            self.changed.emit()
        return had

    def retranslate(self) -> None:
        """Go on in the language in use, at the same page."""
        self._manual = Manual(current_language())

    @property
    def state(self) -> ManualState:
        """Return everything the screen shows."""
        page = self._manual.page(self._key)
        return ManualState(
            rows=self._rows(),
            nothing=_("Nothing was found for “{words}”", words=self._typed),
            typed=self._typed,
            title=page.title,
            text=page.text,
            pictures=self._manual.picture("").parent,
        )

    def _rows(self) -> tuple[ManualRow, ...]:
        if self._typed:
            found = self._manual.find(self._typed)
            return tuple(self._row(hit.page, hit.around) for hit in found)
        return tuple(self._row(page) for page in self._manual.pages)

    def _row(self, page: ManualPage, around: str = "") -> ManualRow:
        return ManualRow(page.key, page.title, around, page.key == self._key)
