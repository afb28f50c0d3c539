"""Every text of the program is there in three languages."""

from __future__ import annotations

import itertools
import re
import shlex
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from pos_app.i18n import LANGUAGES, Words
from pos_app.resources import resource_path

FOLDER = resource_path("locale")
ROOT = Path(__file__).parents[2]
ROOMS = ("pos_app", "ui", "hardware", "sync")
CHINESE = ("zh_CN", "zh_TW")
MsgId = str | tuple[str, ...]


@cache
def keywords() -> dict[str, object]:
    """Read the keywords where a person reads them: in the README's command."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    command = shlex.split(
        re.search(r"pybabel extract .*?\n(?=pybabel)", text, re.DOTALL)[0]
    )
    pairs = itertools.pairwise(command)
    return parse_keywords([value for flag, value in pairs if flag == "-k"])


@cache
def texts_in_the_code() -> dict[MsgId, str]:
    """Return every msgid that the program can show, and where."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[MsgId, str] = {}
    for room in ROOMS:
        for name, line, msgid, _comments, _context in extract_from_dir(
            ROOT / room, methods, options, keywords=keywords()
        ):
            found.setdefault(msgid, f"{room}/{name}:{line}")
    return found


@cache
def catalogue(tag: str) -> Catalog:
    path = FOLDER / tag / "LC_MESSAGES" / "guitai.po"
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale=tag, domain="guitai", abort_invalid=True)


def forms(value: MsgId) -> tuple[str, ...]:
    """Return all forms; babel gives a list, a tuple or one text."""
    return (value,) if isinstance(value, str) else tuple(value)


def placeholders(text: str) -> set[str]:
    return {
        name for _, name, _, _ in string.Formatter().parse(text) if name is not None
    }


def messages(tag: str) -> list[Message]:
    return [message for message in catalogue(tag) if message.id]


def test_the_program_has_texts():
    assert len(texts_in_the_code()) > 10
    assert "Total" in texts_in_the_code()
    assert ("{count} item", "{count} items") in texts_in_the_code()


@pytest.mark.parametrize("tag", CHINESE)
def test_every_text_is_translated(tag):
    translated = {forms(m.id): m for m in messages(tag) if not m.fuzzy}
    missing = [
        f"{where}: {msgid}"
        for msgid, where in texts_in_the_code().items()
        if forms(msgid) not in translated
        or not all(forms(translated[forms(msgid)].string))
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("tag", CHINESE)
def test_no_translation_is_left_of_a_text_that_is_gone(tag):
    known = {forms(msgid) for msgid in texts_in_the_code()}
    assert not {forms(message.id) for message in messages(tag)} - known
    assert not catalogue(tag).obsolete


def test_a_text_has_one_form_or_two_but_not_both():
    singles = {msgid for msgid in texts_in_the_code() if isinstance(msgid, str)}
    pairs = [msgid for msgid in texts_in_the_code() if isinstance(msgid, tuple)]
    assert not [pair for pair in pairs if pair[0] in singles]


def test_placeholders_have_names():
    for msgid, where in texts_in_the_code().items():
        for form in forms(msgid):
            assert all(name.isidentifier() for name in placeholders(form)), where


@pytest.mark.parametrize("tag", CHINESE)
def test_a_translation_fills_the_placeholders_of_its_text(tag):
    for message in messages(tag):
        wanted = placeholders(forms(message.id)[-1])
        for form in filter(None, forms(message.string)):
            assert placeholders(form) == wanted, message.id


@pytest.mark.parametrize(("tag", "charset"), [("zh_CN", "gb2312"), ("zh_TW", "big5")])
def test_a_translation_is_written_in_its_own_characters(tag, charset):
    for message in messages(tag):
        for form in forms(message.string):
            han = "".join(re.findall("[\u4e00-\u9fff]", form))
            han.encode(charset)  # raises on a character of the other Chinese


@pytest.mark.parametrize("tag", CHINESE)
def test_line_ends_and_outer_spaces_are_those_of_the_text(tag):
    for message in messages(tag):
        text = forms(message.id)[0]
        for form in forms(message.string):
            assert form == form.strip() or text != text.strip(), text
            assert form.endswith("\n") == text.endswith("\n"), text


@pytest.mark.parametrize("tag", ["zh_CN", "zh_TW", "en"])
def test_the_compiled_catalogue_is_that_of_the_text_file(tag):
    with (FOLDER / tag / "LC_MESSAGES" / "guitai.mo").open("rb") as file:
        compiled = {forms(m.id): forms(m.string) for m in read_mo(file) if m.id}
    written = {forms(m.id): forms(m.string) for m in messages(tag) if not m.fuzzy}
    assert compiled == {msgid: words for msgid, words in written.items() if all(words)}


def test_each_language_of_the_till_has_a_catalogue():
    for language in LANGUAGES:
        assert (FOLDER / language.replace("-", "_") / "LC_MESSAGES").is_dir()


def test_words_speak_three_languages():
    spoken = [Words(language)("Total") for language in LANGUAGES]
    assert spoken == ["合计", "合計", "Total"]
    counted = [
        Words(language).plural("{count} item", "{count} items", 8)
        for language in LANGUAGES
    ]
    assert counted == ["8 件", "8 件", "8 items"]
    assert Words("en").plural("{count} item", "{count} items", 1) == "1 item"
