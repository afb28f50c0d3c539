"""What a segment sums is what its members bought: days, goods, returns, merges."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from pos_app.domain.campaign.segment import Measured
from pos_app.domain.item import Category
from pos_app.persistence.ledger.day_tables import sale_return
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.ports.segments import Measure
from pos_app.services.segments import below
from tests.builders_segments import ledger_with, line_row, sale_row

START = date(2026, 1, 1)
PERSONS = {"m4": "m1", "m5": "m1"}


def returned(sale_id: str, position: int, minor: int) -> dict[str, Any]:
    """Return half a piece of a line that came back."""
    return {
        "sale_id": f"r-{sale_id}",
        "position": position,
        "line_id": f"r-{sale_id}/{position}",
        "origin_sale_id": sale_id,
        "origin_number": sale_id,
        "origin_line_position": position,
        "taken_before_thousandths": 0,
        "item_id": "i",
        "unit_id": "u",
        "sku": "S",
        "name": "N",
        "category_id": "",
        "tax_category": "t",
        "quantity_thousandths": 500,
        "list_minor": minor,
        "discount_minor": 0,
        "net_minor": minor,
        "tax_minor": 0,
        "rounding_minor": 0,
        "own_rounding_minor": 0,
        "reason": "",
        "is_sellable": 1,
    }


class Book:
    """Tickets as a shopkeeper would note them, and the sums by hand."""

    def __init__(self) -> None:
        chance = random.Random(7)
        self.sales: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.returns: list[dict[str, Any]] = []
        for number in range(300):
            sale_id = f"s{number}"
            lines = [
                line_row(
                    sale_id,
                    position,
                    f"c{chance.randint(1, 4)}",
                    chance.randint(100, 900),
                )
                for position in range(1, chance.randint(2, 4))
            ]
            self.lines += lines
            total = sum(each["total_minor"] for each in lines)
            on = START + timedelta(days=chance.randint(0, 99))
            member = f"m{chance.randint(0, 5)}"
            self.sales.append(sale_row(sale_id, member.replace("m0", ""), on, total))
            self.returns += [
                returned(sale_id, each["position"], each["total_minor"] // 2)
                for each in lines
                if chance.random() < 0.2
            ]
        undone = [each for each in self.sales if chance.random() < 0.1]
        self.undone = {each["sale_id"] for each in undone}
        self.sales += [
            {
                **each,
                "sale_id": f"u-{each['sale_id']}",
                "number": f"u-{each['sale_id']}",
                "item_count": 0,
                "total_minor": 0,
                "reverses": each["sale_id"],
            }
            for each in undone
        ]

    def sums(self, measure: Measure) -> dict[str, Measured]:
        """Add everything up, ticket by ticket."""
        found: dict[str, list[int]] = {}
        for sale in self.sales:
            own = sale["member_id"]
            if not own or sale["reverses"] or sale["sale_id"] in self.undone:
                continue
            if measure.since and sale["business_day"] < measure.since.isoformat():
                continue
            if measure.member_ids and own not in measure.member_ids:
                continue
            lines = [
                each
                for each in self.lines
                if each["sale_id"] == sale["sale_id"]
                and (
                    not measure.category_ids
                    or each["category_id"] in measure.category_ids
                )
            ]
            if lines:
                sums = found.setdefault(PERSONS.get(own, own), [0, 0, 0])
                sums[0] += 1
                for line in lines:
                    minor, pieces = self._back(line)
                    sums[1] += line["total_minor"] - minor
                    sums[2] += line["quantity_thousandths"] - pieces
        return {key: Measured(*sums) for key, sums in found.items()}

    def _back(self, line: dict[str, Any]) -> tuple[int, int]:
        mine = [
            each
            for each in self.returns
            if (each["origin_sale_id"], each["origin_line_position"])
            == (line["sale_id"], line["position"])
        ]
        return (
            sum(each["net_minor"] for each in mine),
            sum(each["quantity_thousandths"] for each in mine),
        )


@pytest.fixture(scope="module")
def book() -> Book:
    return Book()


@pytest.fixture(scope="module")
def ledger(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlLedger]:
    folder: Path = tmp_path_factory.mktemp("sums")
    returns = [sale_row(x["sale_id"], "", START, 0) for x in book.returns]
    tickets = {each["sale_id"]: {**each, "item_count": 0} for each in returns}
    with ledger_with(folder, [*book.sales, *tickets.values()], book.lines) as found:
        with found._writer.begin() as connection:
            connection.execute(insert(sale_return), book.returns)
        yield found


@pytest.mark.parametrize("since", [None, START + timedelta(days=40)])
@pytest.mark.parametrize("category_ids", [(), ("c1",), ("c2", "c3", "nowhere")])
@pytest.mark.parametrize("member_ids", [(), ("m1", "m4", "m5"), ("m2",)])
def test_the_ledger_sums_what_was_bought(
    ledger: SqlLedger,
    book: Book,
    since: date | None,
    category_ids: tuple[str, ...],
    member_ids: tuple[str, ...],
) -> None:
    measure = Measure(since, category_ids, PERSONS, member_ids)
    assert ledger.campaigns.measured(measure) == book.sums(measure)


def test_whole_tickets_come_to_what_their_lines_come_to(
    ledger: SqlLedger, book: Book
) -> None:
    measure = Measure(persons=PERSONS)
    whole = ledger.campaigns.visits_and_spend(measure)
    lines = book.sums(measure)
    assert {k: (x.visits, x.spend_minor) for k, x in whole.items()} == {
        k: (x.visits, x.spend_minor) for k, x in lines.items()
    }
    last = {each.member_id: each.last_on for each in ledger.campaigns.bought(measure)}
    assert set(last) == {"m1", "m2", "m3"}


def test_a_category_has_everything_below_it() -> None:
    def shelf(category_id: str, parent_id: str | None = None) -> Category:
        return Category(category_id, category_id, (), 0, "food", parent_id)

    shelves = [
        shelf("baby"),
        shelf("milk", "baby"),
        shelf("stage 1", "milk"),
        shelf("tea"),
    ]
    assert below(("baby",), shelves) == ("baby", "milk", "stage 1")
    assert below(("milk", "tea"), shelves) == ("milk", "stage 1", "tea")
    assert below((), shelves) == ()
