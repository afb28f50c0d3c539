"""Canonical bytes are written in one way, and the chain hangs on every one of them."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.journal import GENESIS_HASH, canonical_json, link

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, b"{}"),
        ({"b": 1, "a": [True, None, "x"]}, b'{"a":[true,null,"x"],"b":1}'),
        ({"name": "茶🧋"}, '{"name":"茶🧋"}'.encode()),
        ({"quote": 'a"b\\c\n'}, b'{"quote":"a\\"b\\\\c\\n"}'),
        ((1, 2), b"[1,2]"),
        (10**30, b"1" + b"0" * 30),
    ],
)
def test_one_way_to_write(value: object, written: bytes) -> None:
    assert canonical_json(value) == written


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, [[2.0]], {1: "x"}, b"x", {"a"}])
def test_floats_and_strangers_are_refused(value: object) -> None:
    with pytest.raises(AssertionError):
        canonical_json(value)


@given(PLAIN)
def test_reading_and_writing_again_gives_the_same_bytes(value: object) -> None:
    written = canonical_json(value)
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(TEXTS, st.integers()))
def test_the_order_of_insertion_does_not_matter(value: dict[str, int]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical_json(backwards) == canonical_json(value)


def test_a_link_is_the_sha256_of_predecessor_and_bytes() -> None:
    assert link(GENESIS_HASH, b"{}") == hashlib.sha256(bytes(32) + b"{}").digest()
    first = link(GENESIS_HASH, b"a")
    assert link(first, b"b") != link(link(GENESIS_HASH, b"c"), b"b")
    with pytest.raises(AssertionError):
        link(b"short", b"{}")
