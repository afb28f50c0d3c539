"""Facts as plain JSON values and back; one shape for journal, intents, jobs.

pydantic reads the dataclasses' own annotations, so that there is no second
description of a document that could drift from the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

# Whole, not on demand: PySide6 looks into modules while they are imported, and
# pydantic's late ones do not survive that when Qt came in between.
import pydantic.fields
import pydantic.main  # noqa: F401 - loaded here and now, as said above
from pydantic import TypeAdapter

from pos_app.domain import offer_intents, open_sale
from pos_app.domain.correction import TenderCorrection, VoidedSale
from pos_app.domain.open_sale import Intent
from pos_app.domain.price import TakePricesOf
from pos_app.domain.sale import Sale

T = TypeVar("T")

_INTENTS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        open_sale.AddLine,
        open_sale.SetQuantity,
        open_sale.SetNote,
        open_sale.ResolveLine,
        open_sale.RemoveLine,
        open_sale.RestoreLine,
        open_sale.SelectLine,
        open_sale.RoundOff,
        open_sale.TakeTender,
        open_sale.GiveBackTender,
        open_sale.AddReturn,
        open_sale.ReplaceReturn,
        open_sale.RemoveReturn,
        open_sale.SetOverride,
        open_sale.SetDiscount,
        open_sale.SetSaleDiscount,
        open_sale.RenewUnit,
        TakePricesOf,
        open_sale.Reverse,
        open_sale.GiveRefund,
        open_sale.TakeBackRefund,
        offer_intents.SetShopper,
        offer_intents.Recognise,
        offer_intents.ShowCoupon,
        offer_intents.TakeBackCoupon,
        offer_intents.GivePoints,
        offer_intents.ChoosePromotion,
        offer_intents.DeclinePromotion,
        offer_intents.RestorePromotion,
    )
}


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return the validator and serialiser of a dataclass; built once."""
    found = _ADAPTERS.get(kind)
    if found is None:
        found = _ADAPTERS[kind] = TypeAdapter(kind)
    return found


def to_plain(value: object) -> dict[str, Any]:
    """Return a dataclass as JSON values: no floats, Decimals as strings."""
    plain = _adapter(type(value)).dump_python(value, mode="json")
    assert isinstance(plain, dict)
    return plain


def from_plain(kind: type[T], plain: object) -> T:
    """Return the dataclass of `kind` that `plain` describes."""
    value: T = _adapter(kind).validate_python(plain)
    return value


def intent_to_plain(intent: Intent) -> tuple[str, dict[str, Any]]:
    """Return an intent's kind and body."""
    return type(intent).__name__, to_plain(intent)


def intent_from_plain(kind: str, body: object) -> Intent:
    """Return the intent of a stored kind and body."""
    intent: Intent = from_plain(_INTENTS[kind], body)
    return intent


def sale_to_plain(sale: Sale) -> dict[str, Any]:
    """Return a sale as a document; priced lines stand once, in `lines`."""
    body = to_plain(sale)
    del body["priced"]["lines"]
    return body


def sale_to_journal(sale: Sale) -> dict[str, Any]:
    """Return a sale's journal body: ids only, no name and no note (law 14)."""
    return _impersonal(sale_to_plain(sale))


def sale_from_journal(
    body: dict[str, Any], cashier_name: str, notes: Sequence[str]
) -> Sale:
    """Return the sale of a journal body.

    Args:
        body: of the journal.
        cashier_name: and `notes` of the lines: kept in the sale's rows.
        notes: one for each line, in order.
    """
    lines = [
        {**line, "note": note} for line, note in zip(body["lines"], notes, strict=True)
    ]
    amounts = {**body["priced"], "lines": [line["priced"] for line in lines]}
    whole = {**body, "cashier_name": cashier_name, "lines": lines, "priced": amounts}
    return from_plain(Sale, whole)


def void_to_journal(void: VoidedSale) -> dict[str, Any]:
    """Return a void's journal body: ids only (law 14)."""
    return _impersonal(to_plain(void))


def correction_to_journal(correction: TenderCorrection) -> dict[str, Any]:
    """Return a correction's journal body: ids only (law 14)."""
    return _impersonal(to_plain(correction))


def correction_from_journal(
    body: dict[str, Any], cashier_name: str
) -> TenderCorrection:
    """Return the correction of a journal body; its row kept the name."""
    return from_plain(TenderCorrection, {**body, "cashier_name": cashier_name})


def void_from_journal(body: dict[str, Any], cashier_name: str) -> VoidedSale:
    """Return the void of a journal body; the notes of its lines stay unknown."""
    lines = [{**line, "note": ""} for line in body["lines"]]
    whole = {**body, "cashier_name": cashier_name, "lines": lines}
    return from_plain(VoidedSale, whole)


def _impersonal(body: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a person is called or what somebody wrote about one."""
    del body["cashier_name"]
    for line in body.get("lines", ()):
        del line["note"]
    return body
