"""Documents are packed without loss, and what is no packed document is left alone."""

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.persistence.packing import NEWEST_WORDS, pack, plain_text, unpack, words
from tests.effort import examples

DOCUMENT = json.dumps(
    {"body": {"item_id": "01a2", "name": "茉莉花茶", "tax_category": "standard"}}
    | {"kind": "SaleCompleted", "epoch": 1, "seq": 7, "v": 1},
    ensure_ascii=False,
).encode()


@settings(max_examples=examples(50, 1_000), deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(str.encode),
        st.dictionaries(st.text(max_size=9), st.integers(), max_size=40).map(
            lambda found: json.dumps(found).encode()
        ),
    ).filter(lambda plain: plain[:1] != bytes((NEWEST_WORDS,)))
)
def test_whatever_is_packed_comes_back(plain: bytes) -> None:
    stored = pack(plain)
    assert unpack(stored) == plain
    assert len(stored) <= len(plain)


def test_a_document_of_before_reads_as_it_is() -> None:
    assert unpack(DOCUMENT) is DOCUMENT
    assert plain_text("{}") == "{}"
    assert plain_text(None) is None
    assert plain_text(DOCUMENT) == plain_text(pack(DOCUMENT)) == DOCUMENT.decode()


def test_a_short_text_gains_nothing_and_stays() -> None:
    assert pack(b'{"merge":false}') == b'{"merge":false}'


@pytest.mark.parametrize("at", [1, 10, -1])
def test_a_damaged_document_is_not_taken_for_the_whole_one(at: int) -> None:
    spoiled = bytearray(pack(DOCUMENT))
    spoiled[at] ^= 0x20
    assert unpack(bytes(spoiled)) != DOCUMENT


@pytest.mark.parametrize("more", [b"x", pack(DOCUMENT)])
def test_what_was_cut_or_lengthened_is_no_document(more: bytes) -> None:
    stored = pack(DOCUMENT)
    assert unpack(stored[:-1]) == stored[:-1]
    assert unpack(stored + more) == stored + more


def test_the_words_of_a_number_never_change() -> None:
    """Databases are read by them; whoever wants better ones adds a number."""
    assert (
        hashlib.sha256(words(1)).hexdigest()
        == "3938b198919625c6b563b6c531f420017201560171161cbabf8771c4d95295c7"
    )
