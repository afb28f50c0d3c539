"""Every error a person may meet has words and says what to do."""

import ast
from pathlib import Path

import pytest

from pos_app.errors import DeviceError, StorageError, UserError
from pos_app.i18n import use_language
from ui.message_words_catalogue import CATALOGUE_WORDS
from ui.message_words_counter import COUNTER_WORDS
from ui.message_words_storage import STORAGE_WORDS
from ui.messages import explain, has_words

WORDS = {**COUNTER_WORDS, **CATALOGUE_WORDS, **STORAGE_WORDS}
ERRORS = {"UserError", "DeviceError", "StorageError"}
#: Keys that a maker writes for itself and no till shows: `guitai` prints them.
ROOMS = ("pos_app", "hardware", "ui")


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language("en")


def keys_in(tree: ast.AST) -> set[str]:
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args
    ]
    named = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ERRORS]
    literals = [c.args[0] for c in named]
    return {
        node.value
        for node in literals
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_key_that_is_raised_has_words(repository: Path) -> None:
    files = [f for room in ROOMS for f in (repository / room).rglob("*.py")]
    raised = {
        key: file.relative_to(repository).as_posix()
        for file in files
        for key in keys_in(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert len(raised) > 20
    assert {k: f for k, f in raised.items() if not has_words(k)} == {}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_words_never_show_a_bare_placeholder(key: str) -> None:
    explained = explain(UserError(key))
    assert explained.text.endswith((".", "!"))
    assert "{" not in explained.sentence
    assert explained.code == ""


def test_amounts_are_written_as_money() -> None:
    explained = explain(UserError("not_settled", due_minor=1250), "CNY")
    assert explained.text == "¥12.50 is still due. The sale is not finished."


def test_an_unknown_key_gets_a_decent_sentence_and_the_key_at_its_end() -> None:
    sentence = explain(StorageError("rows_crossed", table="x")).sentence
    assert sentence.startswith("The till could not save or read its data.")
    assert sentence.endswith("(rows_crossed)")
    device = explain(DeviceError("jammed")).sentence
    assert device.startswith("A device did not answer")


def test_a_lockout_says_how_long() -> None:
    assert "60 more seconds" in explain(UserError("pin_locked", seconds=60)).text
