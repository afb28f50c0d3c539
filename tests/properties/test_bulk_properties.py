"""What is changed of an item field by field is set back field by field."""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.item import SellBy
from pos_app.domain.price import UnitPrice
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.services.item_fields import (
    fields_of,
    fields_that_differ,
    fingerprint,
    holds,
    with_fields,
)
from pos_app.services.item_prices import Pricing
from pos_app.values.ids import uuid7
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

NOW = Timestamp.parse("2026-11-22T10:00:00+08:00")


class Ids:
    """Fresh ids."""

    def new(self) -> str:
        """Return one."""
        return uuid7(NOW.unix_ms, os.urandom(10))


texts = st.text("abc茶水", max_size=4)
units = st.builds(
    lambda barcodes, price, cost, plu: (barcodes, price, cost, plu),
    st.lists(st.sampled_from(("1", "22", "333")), unique=True, max_size=2),
    st.one_of(st.none(), st.integers(0, 9_999)),
    st.one_of(st.none(), st.integers(0, 9_999)),
    st.sampled_from(("", "5", "77")),
)


def item_of(parts: tuple[object, ...]) -> ItemDraft:
    name, variant, names, tax, cap, is_on, told = parts
    drafts = tuple(
        UnitDraft(
            unit_id=f"u{at}",
            unit_code="H87",
            unit_name="件",
            pieces=Decimal(at + 1),
            sell_by=SellBy.COUNT,
            barcodes=tuple(barcodes),
            plu=plu,
            prices=() if price is None else (UnitPrice("p", price, Period()),),
            cost_minor=cost,
        )
        for at, (barcodes, price, cost, plu) in enumerate(told)  # type: ignore[arg-type, var-annotated]
    )
    return ItemDraft(
        item_id="i",
        sku="S",
        name=str(name),
        tax_category=str(tax),
        units=drafts,
        variant=str(variant),
        names=tuple(names.items()),  # type: ignore[attr-defined]
        discount_cap=None if cap is None else Percentage(cap),  # type: ignore[arg-type]
        is_active=bool(is_on),
    )


items = st.tuples(
    texts,
    texts,
    st.dictionaries(st.sampled_from(("en", "zh-TW")), texts, max_size=2),
    st.sampled_from(("standard", "reduced")),
    st.one_of(st.none(), st.integers(0, 10**6)),
    st.booleans(),
    st.lists(units, min_size=1, max_size=3),
).map(item_of)


def without_lost_prices(fields: dict[str, object], other: dict[str, object]) -> bool:
    """Tell whether no unit of both lost its price: a price is never taken away."""
    return all(
        fields.get(key) is None or key not in other or other[key] is not None
        for key in fields
        if key.endswith(":price")
    )


@settings(max_examples=200, deadline=None)
@given(items, items)
def test_set_back_is_as_before(first: ItemDraft, second: ItemDraft) -> None:
    pricing = Pricing(NOW, Ids())
    old, new = fields_of(first, NOW), fields_of(second, NOW)
    if not (without_lost_prices(old, new) and without_lost_prices(new, old)):
        return
    before, after = fields_that_differ(old, new)
    changed = with_fields(first, after, pricing)
    assert fields_of(changed, NOW) == new
    assert holds(fields_of(changed, NOW), after)
    back = with_fields(changed, before, pricing)  # within the same moment
    again = with_fields(back, after, pricing)
    later = NOW.plus_seconds(1)
    assert fields_of(back, later) == old
    assert fields_of(again, later) == new
    assert fingerprint(fields_of(back, later)) == fingerprint(old)
    assert (fingerprint(old) == fingerprint(new)) == (old == new)
