"""What the manual prints bold is on the screen: keys of the till and of the keyboard."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from babel.messages.pofile import read_po

from pos_app.i18n import LANGUAGES
from pos_app.resources import resource_path
from pos_app.services.manual import Manual, ManualPage
from ui.keymap import KEYMAP

BOLD = re.compile(r"\*\*(.+?)\*\*")
PLACEHOLDER = re.compile(r"\{[^}]*\}")
FOLDERS = {"zh-CN": "zh_CN", "zh-TW": "zh_TW"}
#: What languages call themselves, the pad's own keys, and tenders that a page counts.
ALWAYS = {"简体", "繁體", "EN", "C", "×", "Alt+6"}
NUMBER = re.compile(r"\d+")


@lru_cache
def screen_words(language: str) -> frozenset[str]:
    """Return every text of the till in a language; values in it are "…"."""
    file = resource_path("locale", FOLDERS.get(language, "zh_CN"))
    with (file / "LC_MESSAGES" / "guitai.po").open("rb") as po:
        messages = [message for message in read_po(po) if message.id]
    texts = []
    for message in messages:
        said = message.id if language == "en" else message.string
        texts += [said] if isinstance(said, str) else list(said)
    return frozenset(PLACEHOLDER.sub("…", text) for text in texts)


def key_caps() -> frozenset[str]:
    names = {key for row in KEYMAP for key in row.keys}
    return frozenset(names | {cap for row in KEYMAP for cap in row.caps} | ALWAYS)


def unknown_words(page: ManualPage, language: str) -> list[str]:
    known = screen_words(language) | key_caps()
    return [
        words
        for words in BOLD.findall(page.text)
        if words not in known and not NUMBER.fullmatch(words)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_a_page_names_is_called_so_on_the_screen(language: str):
    wrong = {
        page.key: words
        for page in Manual(language).pages
        if (words := unknown_words(page, language))
    }
    assert not wrong


def test_a_key_that_is_called_otherwise_is_found():
    page = ManualPage("k", "T", (), "", "Press **F12**, **Sign on**, **Sing on**.")
    assert unknown_words(page, "en") == ["Sing on"]


def test_the_languages_name_as_many_keys():
    pages = [Manual(language).pages for language in LANGUAGES]
    for several in zip(*pages, strict=True):
        counts = {len(BOLD.findall(page.text)) for page in several}
        assert len(counts) == 1, several[0].key
