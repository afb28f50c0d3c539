"""A shop's books, kept from finished documents alone by somebody who knows no ledger."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

Plain = dict[str, Any]


class Books:
    """What the documents say, added up by somebody who knows no ledger."""

    def __init__(self) -> None:
        self.cash_minor = 0
        self.stock: dict[str, int] = defaultdict(int)
        self.sales: dict[str, Plain] = {}
        self.back: dict[tuple[str, int], int] = defaultdict(int)
        self.refunded: dict[str, int] = defaultdict(int)
        self.shift: dict[tuple[str, str], int] = defaultdict(int)

    def add(self, document: Plain) -> None:
        """Book a finished document."""
        {
            "sale": self._sale,
            "tender_correction": self._correction,
            "cash_move": self._move,
            "stored_value": self._value,
            "shift": self._opening,
            "z_report": self._close,
        }.get(document["document"], _nothing)(document)

    def _sale(self, sale: Plain) -> None:
        self.sales[sale["sale_id"]] = sale
        for line in sale["lines"]:
            self.stock[line["item_id"]] -= line["pieces_thousandths"]
        for line in sale["returns"]:
            self._return(line)
        self.cash_minor += cash_of(sale["tenders"]) - cash_of(sale["refunds"])
        self.cash_minor -= sale["change_minor"]
        self._count(sale)

    def _count(self, sale: Plain) -> None:
        """Count a ticket in the shift, as a Z has to say it."""
        sold = sum(
            x["priced"]["net_minor"] + x["priced"]["tax_minor"] for x in sale["lines"]
        )
        back = sum(worth(line) for line in sale["returns"])
        self.shift["sales", ""] += sold
        self.shift["returns", ""] += back
        self.shift["net", ""] += sold - back
        self.shift["change", "cash"] += sale["change_minor"]
        for tender in sale["tenders"]:
            self.shift["tender", tender["key"]] += tender["amount_minor"]
        for refund in sale["refunds"]:
            self.shift["refund", refund["key"]] += refund["amount_minor"]

    def _return(self, line: Plain) -> None:
        if line["is_sellable"]:
            self.stock[line["item_id"]] += line["pieces_thousandths"]
        origin = line["origin"]
        if origin is None:
            return
        place = (origin["sale_id"], origin["line_position"])
        assert origin["taken_before_thousandths"] == self.back[place]
        self.back[place] += thousandths(line["quantity"])
        given = worth(line) + line["own_rounding_minor"]
        self.refunded[origin["sale_id"]] += given

    def _correction(self, made: Plain) -> None:
        kinds = {"cash": 1}
        sign = kinds.get(made["to_key"], 0) - kinds.get(made["from_key"], 0)
        self.cash_minor += sign * made["amount_minor"]

    def _move(self, move: Plain) -> None:
        sign = 1 if move["kind"] == "paid_in" else -1
        self.cash_minor += sign * move["amount_minor"]
        self.shift[move["kind"], move["reason"]] += move["amount_minor"]

    def _value(self, made: Plain) -> None:
        """Value is money that changed hands, and neither sale nor return."""
        is_refund = made["kind"] == "refund"
        cash_minor = cash_of(made["money"])
        self.cash_minor += -cash_minor if is_refund else cash_minor
        self.cash_minor -= made["change_minor"]
        for money in made["money"]:
            kind = "refund" if is_refund else "tender"
            self.shift[kind, money["key"]] += money["amount_minor"]
        self.shift["change", "cash"] += made["change_minor"]

    def _opening(self, shift: Plain) -> None:
        self.cash_minor = shift["float_minor"]

    def _close(self, close: Plain) -> None:
        """A Z says what the documents of its shift say."""
        assert close["expected_minor"] == self.cash_minor
        said = {(x["kind"], x["key"]): x["amount_minor"] for x in close["totals"]}
        for place, amount_minor in self.shift.items():
            assert said.get(place, 0) == amount_minor, place
        kinds = {kind for kind, _ in self.shift}
        for (kind, key), amount_minor in said.items():
            assert kind not in kinds or self.shift[kind, key] == amount_minor
        self.cash_minor = close["left_minor"]
        self.shift.clear()

    def check(self) -> None:
        """Assert that nothing came back twice and nobody got more than was paid."""
        for (sale_id, position), gone in self.back.items():
            line = self.sales[sale_id]["lines"][position - 1]
            assert gone <= thousandths(line["priced"]["quantity"])
        for sale_id, given in self.refunded.items():
            assert given <= paid_for(self.sales[sale_id])


def _nothing(_document: Plain) -> None:
    """This document moves neither money nor goods."""


def thousandths(text: str) -> int:
    """Return a quantity in thousandths, without any of the till's arithmetic."""
    whole, _, part = str(text).partition(".")
    return int(whole) * 1000 + int((part + "000")[:3])


def worth(line: Plain) -> int:
    """Return what returned goods are worth to the customer."""
    taxes = sum(tax["tax_minor"] for tax in line["taxes"])
    return int(line["net_minor"] + taxes + line["rounding_minor"])


def cash_of(tenders: list[Plain]) -> int:
    return sum(x["amount_minor"] for x in tenders if x["kind"] == "cash")


def paid_for(sale: Plain) -> int:
    """Return what a customer paid for all goods sold on a ticket."""
    shares = [share for line in sale["lines"] for share in line["priced"]["shares"]]
    return sum(
        share["count"]
        * (share["net_minor"] + share["tax_minor"] + share["rounding_minor"])
        for share in shares
    )
