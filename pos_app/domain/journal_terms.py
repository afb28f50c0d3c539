"""By which words an entry of the journal is found: numbers, ids, reasons, amounts.

A term is an exact word. Three kinds are marked, so that none is taken for another:
"#162" is the end of the document number 02-1-000162, "=18010" an amount in minor
units; ids, whole numbers, reasons and codes stand as they are, in small letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from pos_app.errors import UserError
from pos_app.values.money import parse_minor

#: Marks a ticket in which goods came back.
RETURNS_MARK = "@returns"
#: No entry is found by more words than this: a sale of thousands of lines is not.
TERMS_LIMIT = 48
TERM_LENGTH = 64
_WORDS = frozenset(
    {
        "sale",
        "sale_id",
        "basket",
        "basket_id",
        "shift",
        "shift_id",
        "document",
        "reverses",
        "reason",
        "why",
        "code",
        "sku",
        "bag",
        "reference",
        "action",
        "subject",
    }
)
#: Where a document keeps what is worth finding below its first level.
_INSIDE = ("priced", "tenders", "refunds", "returns", "origin", "demand")


def terms_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the terms of an entry's body, without repeats."""
    marks = (RETURNS_MARK,) if body.get("returns") else ()
    found = dict.fromkeys((*marks, *_terms(body)))
    return tuple(found)[:TERMS_LIMIT]


def _terms(body: Mapping[str, Any]) -> Iterator[str]:
    for key, value in body.items():
        if isinstance(value, str):
            yield from _word_terms(key, value)
        elif key.endswith("_minor") and isinstance(value, int) and value:
            yield f"={abs(value)}"
    for key in _INSIDE:
        inside = body.get(key)
        for part in inside if isinstance(inside, list) else [inside]:
            if isinstance(part, Mapping):
                yield from _terms(part)


def _word_terms(key: str, value: str) -> Iterator[str]:
    is_number = key.endswith("number")
    if not value or len(value) > TERM_LENGTH or not (is_number or key in _WORDS):
        return
    yield value.casefold()
    serial = value.rpartition("-")[2].lstrip("0")
    if is_number and serial.isdigit():
        yield f"#{serial}"


def typed_terms(text: str, currency: str) -> tuple[str, ...]:
    """Return the terms that somebody may mean who typed `text`.

    Args:
        text: a number, the end of one, an amount, a reason's key, a code.
        currency: ISO 4217, for amounts.
    """
    typed = text.strip().casefold()
    if not typed or len(typed) > TERM_LENGTH:
        return ()
    found = [typed]
    if typed.isascii() and typed.isdigit() and typed.lstrip("0"):
        found.append(f"#{typed.lstrip('0')}")
    with suppress(UserError):  # it need not be an amount
        found.append(f"={abs(parse_minor(typed, currency))}")
    return tuple(found)
