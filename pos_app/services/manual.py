"""The manual: pages of plain text for each language, found by words and by screen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES
from pos_app.resources import resource_path

#: The page that is shown where no page speaks of the screen.
FIRST_PAGE = "start"
#: What a word found here is worth: a title says what a page is about.
_TITLE, _WORDS, _HEADING, _TEXT = 12, 8, 4, 1
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>|]|\[([^\]]*)\]\([^)]*\)")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A page of the manual in one language.

    Attributes:
        key: stable name, the same in every language.
        title: for the contents.
        screens: what it helps with: names of screens, panels and parts.
        words: other words that people may look for.
        text: Markdown; a picture is named by its scene: ![what](scene).
    """

    key: str
    title: str
    screens: tuple[str, ...]
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class ManualHit:
    """A page that was found, with the words around what was looked for."""

    page: ManualPage
    around: str


class Manual:
    """The manual in one language."""

    def __init__(self, language: str) -> None:
        """Read the pages, in the order of their file names.

        Args:
            language: a language tag of the till; any other gets English.
        """
        self.language = language if language in LANGUAGES else "en"
        self.pages = _read_pages(self.language)

    def page(self, key: str) -> ManualPage:
        """Return a page.

        Raises:
            UserError: "manual_page_missing".
        """
        found = next((page for page in self.pages if page.key == key), None)
        if found is None:
            raise UserError("manual_page_missing", page=key)
        return found

    def page_for(self, screen: str) -> ManualPage:
        """Return the page that helps with a screen, or the first one.

        Args:
            screen: its name; the longest beginning that a page names wins, so that
                "settings_devices" finds its own page before that of "settings".
        """
        best, length = self.page(FIRST_PAGE), 0
        for page in self.pages:
            for name in page.screens:
                if screen.startswith(name) and len(name) > length:
                    best, length = page, len(name)
        return best

    def find(self, typed: str) -> tuple[ManualHit, ...]:
        """Return the pages with all the words typed, the most fitting first."""
        words = _fold(typed).split()
        if not words:
            return ()
        ranked = [(_score(page, words), page) for page in self.pages]
        found = sorted((x for x in ranked if x[0]), key=lambda x: -x[0])
        return tuple(ManualHit(page, _around(page, words)) for _score_, page in found)

    def picture(self, scene: str) -> Path:
        """Return the picture of a scene in this language; it may not be there."""
        return resource_path("manual", "pictures", self.language, f"{scene}.png")


@lru_cache(maxsize=len(LANGUAGES))
def _read_pages(language: str) -> tuple[ManualPage, ...]:
    folder = resource_path("manual", language)
    return tuple(_read_page(file) for file in sorted(folder.glob("*.md")))


def _read_page(file: Path) -> ManualPage:
    """Read "NN_key.md": lines of "name: value", a line of "---", Markdown."""
    head, _rule, text = file.read_text("utf-8").partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    key = file.stem.partition("_")[2]
    screens = tuple(fields.get("screens", "").split())
    words = fields.get("words", "")
    return ManualPage(key, fields["title"], screens, words, text.strip())


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def plain_text(markdown: str) -> str:
    """Return what a person reads of Markdown, without pictures and marks."""
    return _MARKS.sub(r"\1", _PICTURE.sub("", markdown))


def _score(page: ManualPage, words: list[str]) -> int:
    """Return how well a page fits; 0 where a word is missing."""
    title, more, text = _fold(page.title), _fold(page.words), _fold(page.text)
    heads = "\n".join(x for x in text.splitlines() if x.startswith("#"))
    total = 0
    for word in words:
        own = _TITLE * (word in title) + _WORDS * (word in more)
        own += _HEADING * (word in heads) + _TEXT * text.count(word)
        if not own:
            return 0
        total += own
    return total


def _around(page: ManualPage, words: list[str]) -> str:
    """Return the words around the first that was found in the text."""
    text = " ".join(plain_text(page.text).split())
    folded = _fold(text)
    # Folding may change the length of a text (ﬁ, ½): then only the beginning.
    at = folded.find(words[0]) if len(folded) == len(text) else 0
    start = max(0, at - _AROUND // 2)
    cut = text[start : start + 2 * _AROUND].strip()
    return (
        ("… " if start else "") + cut + (" …" if len(text) > start + len(cut) else "")
    )
