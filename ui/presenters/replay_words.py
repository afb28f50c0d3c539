"""What was done in a step of a replayed sale, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from pos_app.domain import open_sale as intents
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.open_sale import Intent
from pos_app.domain.price import TakePricesOf, UnitPrice
from pos_app.i18n import _, current_language
from ui.format import money, quantity
from ui.presenters.price_words import row_name, since_text
from ui.presenters.replay_offer_words import OFFER_WORDS, offer_words


@dataclass(frozen=True, slots=True)
class Wording:
    """What amounts and tenders are called.

    Attributes:
        currency: ISO 4217. tenders: names of the tender types, by key.
        zone: the shop's time. promotions: their names, by id.
    """

    currency: str
    tenders: Mapping[str, str]
    zone: tzinfo = UTC
    promotions: Mapping[str, str] = field(default_factory=dict)

    def money(self, minor: int) -> str:
        """Write an amount."""
        return money(minor, self.currency)

    def row(self, price: UnitPrice) -> str:
        """Name a price row, and since when it held."""
        name, since = row_name(price.price_id), since_text(price, self.zone)
        words = _("{amount}, price row {row}", amount=self.money(price.minor), row=name)
        return f"{words} {since}".strip()

    def tender(self, key: str) -> str:
        """Name a tender type; one that is gone keeps its key."""
        return self.tenders.get(key, key)


def step_words(intent: Intent, before: Basket, wording: Wording) -> str:
    """Say what a step did.

    Args:
        intent: the step.
        before: the basket that it was done to; names the line.
        wording: of amounts and tenders.
    """
    if type(intent) in OFFER_WORDS:
        return offer_words(intent, before, wording.promotions)
    return _WORDS[type(intent)](intent, before, wording)


def _name(line: BasketLine) -> str:
    if line.unit is None:
        return _("Not found {code}", code=line.scanned)
    return line.unit.name_in(current_language())


def _line_name(line_id: str, before: Basket) -> str:
    for line in before.lines:
        if line.line_id == line_id:
            return _name(line)
    for returned in before.returns:
        if returned.line_id == line_id:
            return returned.name
    return "–"


def _added(intent: intents.AddLine, _before: Basket, say: Wording) -> str:
    line, count = intent.line, quantity(intent.line.quantity)
    words = _("Added {item} × {count}", item=_name(line), count=count)
    price = line.unit.price if line.unit else None
    return f"{words} · {say.row(price)}" if price else words


def _quantity(intent: intents.SetQuantity, before: Basket, _say: Wording) -> str:
    name, count = _line_name(intent.line_id, before), quantity(intent.quantity)
    return _("Quantity of {item} set to {count}", item=name, count=count)


def _note(intent: intents.SetNote, before: Basket, _say: Wording) -> str:
    return _("Note on {item}", item=_line_name(intent.line_id, before))


def _resolved(intent: intents.ResolveLine, _before: Basket, _say: Wording) -> str:
    name = intent.unit.name_in(current_language())
    return _("Red line found to be {item}", item=name)


def _removed(intent: intents.RemoveLine, before: Basket, _say: Wording) -> str:
    return _("Deleted {item}", item=_line_name(intent.line_id, before))


def _restored(intent: intents.RestoreLine, _before: Basket, _say: Wording) -> str:
    return _("Put back {item}", item=_name(intent.line))


def _selected(intent: intents.SelectLine, before: Basket, _say: Wording) -> str:
    return _("Selected {item}", item=_line_name(intent.line_id, before))


def _rounded(intent: intents.RoundOff, _before: Basket, say: Wording) -> str:
    if not intent.amount_minor:
        return _("Round-off taken back")
    return _("Rounded off by {amount}", amount=say.money(intent.amount_minor))


def _taken(intent: intents.TakeTender, _before: Basket, say: Wording) -> str:
    tender = intent.tender
    return _(
        "Took {amount} ({tender})",
        amount=say.money(tender.amount_minor),
        tender=say.tender(tender.key),
    )


def _given_back(_intent: Any, _before: Basket, _say: Wording) -> str:
    return _("Gave the money back before the end")


def _returned(intent: intents.AddReturn, _before: Basket, _say: Wording) -> str:
    line = intent.line
    count = quantity(line.quantity)
    return _("Came back: {item} × {count}", item=line.name, count=count)


def _return_changed(
    intent: intents.ReplaceReturn, _before: Basket, _say: Wording
) -> str:
    line = intent.line
    count = quantity(line.quantity)
    return _("Return changed: {item} × {count}", item=line.name, count=count)


def _return_removed(intent: intents.RemoveReturn, before: Basket, _say: Wording) -> str:
    return _("Stays sold: {item}", item=_line_name(intent.line_id, before))


def _priced(intent: intents.SetOverride, before: Basket, say: Wording) -> str:
    name = _line_name(intent.line_id, before)
    if intent.override is None:
        return _("Shelf price again for {item}", item=name)
    price = say.money(intent.override.unit_price_minor)
    return _("Price of {item} set to {price}", item=name, price=price)


def _discounted(intent: intents.SetDiscount, before: Basket, _say: Wording) -> str:
    name = _line_name(intent.line_id, before)
    if intent.discount is None:
        return _("Discount taken back from {item}", item=name)
    return _("Discount on {item}", item=name)


def _sale_discounted(
    intent: intents.SetSaleDiscount, _before: Basket, _say: Wording
) -> str:
    if intent.discount is None:
        return _("Discount on the sale taken back")
    return _("Discount on the whole sale")


def _renewed(intent: intents.RenewUnit, _before: Basket, _say: Wording) -> str:
    name = intent.unit.name_in(current_language())
    return _("Price of {item} read anew", item=name)


def _priced_anew(_intent: Any, _before: Basket, _say: Wording) -> str:
    return _("Prices of this moment from here on")


def _reversed(_intent: Any, _before: Basket, _say: Wording) -> str:
    return _("A finished sale is reversed")


def _refunded(intent: intents.GiveRefund, _before: Basket, say: Wording) -> str:
    refund = intent.refund
    return _(
        "Refunded {amount} ({tender})",
        amount=say.money(refund.amount_minor),
        tender=say.tender(refund.key),
    )


def _refund_back(_intent: Any, _before: Basket, _say: Wording) -> str:
    return _("Refund taken back before the end")


_WORDS: Mapping[type[Any], Callable[[Any, Basket, Wording], str]] = {
    intents.AddLine: _added,
    intents.SetQuantity: _quantity,
    intents.SetNote: _note,
    intents.ResolveLine: _resolved,
    intents.RemoveLine: _removed,
    intents.RestoreLine: _restored,
    intents.SelectLine: _selected,
    intents.RoundOff: _rounded,
    intents.TakeTender: _taken,
    intents.GiveBackTender: _given_back,
    intents.AddReturn: _returned,
    intents.ReplaceReturn: _return_changed,
    intents.RemoveReturn: _return_removed,
    intents.SetOverride: _priced,
    intents.SetDiscount: _discounted,
    intents.SetSaleDiscount: _sale_discounted,
    intents.RenewUnit: _renewed,
    TakePricesOf: _priced_anew,
    intents.Reverse: _reversed,
    intents.GiveRefund: _refunded,
    intents.TakeBackRefund: _refund_back,
}
