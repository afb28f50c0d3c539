"""Tenders: how money comes in (ARTS: Tender, TenderLineItem)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TenderKind(StrEnum):
    """The families that behave differently at the counter."""

    CASH = "cash"
    CARD = "card"
    CODE = "code"  # 扫码付: a phone's code, typed in by hand until there is a driver
    OTHER = "other"
    STORED_VALUE = "stored_value"  # a member's wallet
    GIFT_CARD = "gift_card"
    POINTS = "points"  # where the programme lets points pay


#: Money that the shop keeps for somebody.
VALUE_KINDS = frozenset({TenderKind.STORED_VALUE, TenderKind.GIFT_CARD})
#: Paid from a ledger of the shop's own: no shop makes, types or corrects a tender of
#: these, each line names the account that it came from.
LEDGER_KINDS = frozenset(
    {TenderKind.STORED_VALUE, TenderKind.GIFT_CARD, TenderKind.POINTS}
)


@dataclass(frozen=True, slots=True)
class TenderType:
    """A tender the shop accepts.

    Attributes:
        key: stable key: "cash", "card", "wechat", "alipay", "voucher".
        name: in the shop's language; `names` has others.
        kind: its family.
        opens_drawer: whether taking it opens the cash drawer.
        gives_change: true for cash only; every other tender is never over.
        asks_reference: whether a reference (last four, number) must be typed.
        position: order on the payment screen, from 0.
        is_refundable: whether money can be given back with it.
        is_active: whether it is taken; one that is switched off keeps its name for
            old documents.
    """

    key: str
    name: str
    names: tuple[tuple[str, str], ...]
    kind: TenderKind
    opens_drawer: bool
    gives_change: bool
    asks_reference: bool
    position: int
    is_refundable: bool = True
    is_active: bool = True

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class TenderLine:
    """Money taken towards a sale.

    Attributes:
        tender_id: UUIDv7.
        key: the tender type's key.
        kind: its family.
        amount_minor: what counts towards the sale plus what is given back as
            change; minor units, above zero.
        reference: last four digits, voucher number; never a full card number.
        is_verified: whether a provider confirmed it; manual tenders are not. Of stored
            value: whether the customer proved who he is when it was taken.
        account_id: of stored value and gift cards: whose account; of points: the
            sale that they were given for; "" for others.
    """

    tender_id: str
    key: str
    kind: TenderKind
    amount_minor: int
    reference: str = ""
    is_verified: bool = False
    account_id: str = ""
