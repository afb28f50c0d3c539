"""Any two characters of a name find its item, whatever the name."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.search_text import document_words, fold, runs, terms
from pos_app.persistence.catalog.chinese import readings, simplify
from tests.builders_catalog import NOW, opened_catalog, plain_item

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
LATIN = st.sampled_from("abcdeéXYZ019 -")
NAMES = st.text(
    st.one_of(HAN, LATIN, st.sampled_from("可乐水樂💧ñא")), min_size=1, max_size=14
)


@given(st.lists(NAMES, min_size=1, max_size=12), st.data())
@settings(max_examples=25)
def test_every_two_character_part_of_a_name_finds_it(
    names: list[str], data: st.DataObject
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened_catalog(Path(folder)) as (writer, reader),
    ):
        writer.put_items([plain_item(n, name) for n, name in enumerate(names, 1)])
        number = data.draw(st.integers(1, len(names)))
        for run in runs(fold(names[number - 1], simplify)):
            for start in range(len(run.text) if run.is_chinese else 1):
                part = run.text[start : start + 2]
                found = {unit.unit_id for unit in reader.search(part, NOW, 50)}
                assert f"u{number}" in found, part


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_no_text_breaks_the_cutting(text: str) -> None:
    folded = fold(text, simplify)
    words = document_words([folded], readings)
    for term in terms(text, simplify):
        assert term.text in folded
        begins = term.text[:2] if term.is_chinese else term.text
        assert any(word.startswith(begins) for word in words), term


@given(st.text(max_size=40))
@settings(max_examples=40)
def test_no_text_breaks_the_search(text: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened_catalog(Path(folder)) as (_, reader),
    ):
        assert reader.search(text, NOW, 5) == ()
        reader.scan(text, NOW)
