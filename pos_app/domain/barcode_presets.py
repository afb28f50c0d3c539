"""Rule tables to start from, country by country; the shop edits its own copy.

The nine European tables follow the national GS1 organisations' rules as biip 5.2
publishes and tests them. The others are layouts that scales and tills are sold
with; no published rule confirms them, so they are marked unverified: try the
shop's own label first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind

_KINDS = {"W": MeasureKind.WEIGHT, "P": MeasureKind.PRICE, "N": MeasureKind.COUNT}

#: country -> (pattern, decimals) in order.
_VERIFIED: Mapping[str, tuple[tuple[str, int], ...]] = {
    "DE": (
        ("22IIIIVPPPPPC", 2),
        ("23IIIIVPPPPPC", 2),
        ("25IIIIVNNNNNC", 0),
        ("26IIIIVNNNNNC", 0),
        ("28IIIIVWWWWWC", 3),
        ("29IIIIVWWWWWC", 3),
    ),
    "SE": (
        ("20IIIIIIPPPPC", 2),
        ("21IIIIIIPPPPC", 1),
        ("22IIIIIIPPPPC", 0),
        ("23IIIIIIWWWWC", 3),
        ("24IIIIIIWWWWC", 2),
        ("25IIIIIIWWWWC", 1),
    ),
    "FI": (
        ("23IIIIIIWWWWC", 3),
        ("24IIIIIIWWWWC", 2),
        ("25IIIIIIWWWWC", 1),
    ),
    "DK": (
        ("21IIIIIPPPPPC", 2),
        ("22IIIIIPPPPPC", 2),
        ("23IIIIIPPPPPC", 2),
        ("24IIIIIPPPPPC", 2),
        ("26IIIIIWWWWWC", 3),
        ("27IIIIIWWWWWC", 3),
        ("28IIIIIWWWWWC", 3),
    ),
    "GB": (("20IIIIIVPPPPC", 2),),
}
_SAME_AS = {"NO": "SE", "EE": "FI", "LV": "FI", "LT": "FI"}

_UNVERIFIED: Mapping[str, tuple[tuple[str, int], ...]] = {
    # Scales sold in China and Taiwan: five digits of PLU, grams or the amount in
    # hundredths; the long form of 18 digits carries both.
    "CN": (
        ("21IIIIIWWWWWC", 3),
        ("22IIIIIPPPPPC", 2),
        ("23IIIIIPPPPPC", 2),
        ("28IIIIINNNNNC", 0),
        ("2.IIIIIPPPPPWWWWWC", 3),
    ),
    "TW": (("21IIIIIWWWWWC", 3), ("22IIIIIPPPPPC", 0), ("23IIIIIPPPPPC", 0)),
    # UPC-A number system 2, written as the EAN-13 it is: a price of four digits
    # with its verifier, or of five without one.
    "US": (("02IIIIIVPPPPC", 2),),
    "US-5": (("02IIIIIPPPPPC", 2),),
}


def presets() -> tuple[str, ...]:
    """Return the names of the tables: ISO 3166 country codes, US-5."""
    return tuple(sorted({*_VERIFIED, *_SAME_AS, *_UNVERIFIED}))


def preset(country: str) -> tuple[BarcodeRule, ...]:
    """Return the rule table of a country; () when there is none."""
    if country in _UNVERIFIED:
        rules = _rules(country, _UNVERIFIED[country])
        return tuple(replace(rule, is_verified=False) for rule in rules)
    return tuple(_rules(country, _VERIFIED.get(_SAME_AS.get(country, country), ())))


def _rules(country: str, table: Iterable[tuple[str, int]]) -> list[BarcodeRule]:
    rules = []
    for position, (pattern, decimals) in enumerate(table):
        letter = next(c for c in "WPN" if c in pattern)
        kind = _KINDS[letter]
        key = f"{country}_{pattern[:2]}_{len(pattern)}".lower().replace(".", "x")
        name = f"{country} {pattern}"
        rules.append(BarcodeRule(key, name, pattern, kind, decimals, position))
    return rules
