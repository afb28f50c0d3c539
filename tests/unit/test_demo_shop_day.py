"""The scripted day of the demo shop can be played: codes, sums, people, clock."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind, first_match
from pos_app.resources import resource_path
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.money import parse_minor
from pos_app.values.quantity import parse_quantity
from pos_app.values.rounding import RoundingMode, divide, to_step

FOLDER = resource_path("demo_shop")
Items = list[dict[str, str]]
Shop = dict[str, Any]
Day = list[dict[str, str]]


@pytest.fixture(scope="module")
def items() -> Items:
    with (FOLDER / "items.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shop() -> Shop:
    text = (FOLDER / "shop.json").read_text(encoding="utf-8")
    loaded: Shop = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def day() -> Day:
    text = (FOLDER / "day.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def rules_of(shop: dict[str, Any]) -> tuple[BarcodeRule, ...]:
    return tuple(
        BarcodeRule(
            key=rule["key"],
            name=rule["name"],
            pattern=rule["pattern"],
            kind=MeasureKind(rule["kind"]),
            decimals=rule["decimals"],
            position=position,
            is_verified=rule["is_verified"],
            price_decimals=rule["price_decimals"],
        )
        for position, rule in enumerate(shop["barcode_rules"])
    )


class DayBook:
    """Adds up the scripted day by itself, from the files alone."""

    def __init__(self, items: list[dict[str, str]], shop: dict[str, Any]) -> None:
        self.rules = rules_of(shop)
        self.step = shop["shop"]["cash_rounding"]["step_minor"]
        self.mode = RoundingMode(shop["shop"]["cash_rounding"]["mode"])
        self.by_code: dict[str, tuple[dict[str, str], int]] = {}
        for item in items:
            price = parse_minor(item["price"], "CNY")
            for code in (item["sku"], item["plu"], *item["barcode"].split(";")):
                self.by_code[code] = (item, price)
            if item["box_barcode"]:
                own = item["box_price"]
                box = (
                    parse_minor(own, "CNY") if own else price * int(item["box_pieces"])
                )
                self.by_code[item["box_barcode"]] = (item, box)
        del self.by_code[""]
        self.lines: list[tuple[str, int, int]] = []  # code, unit price, total
        self.next_quantity = Decimal(1)
        self.off = self.paid = 0
        self.finished: list[int] = []
        self.sold: list[list[tuple[str, int, int]]] = []
        self.parked: list[list[tuple[str, int, int]]] = []
        self.unknown: set[str] = set()

    def due(self) -> int:
        return sum(total for _, _, total in self.lines) - self.off - self.paid

    def scan(self, code: str) -> None:
        measured = first_match(self.rules, code) if code not in self.by_code else None
        if measured is not None:
            item, price = self.by_code[measured.plu()]
            total = measured.total_minor("CNY")
            if total is None:
                assert measured.quantity is not None
                total = self.times(price, measured.quantity)
            self.lines.append((code, price, total))
            return
        if code not in self.by_code:
            self.unknown.add(code)
            self.lines.append((code, 0, 0))
            return
        item, price = self.by_code[code]
        total = self.times(price, self.next_quantity)
        self.lines.append((code, price, 0 if item["plu"] == code else total))
        self.next_quantity = Decimal(1)

    @staticmethod
    def times(price: int, quantity: Decimal) -> int:
        numerator, denominator = (price * quantity).as_integer_ratio()
        return divide(numerator, denominator)

    def set_quantity(self, value: str) -> None:
        code, price, _ = self.lines[-1]
        self.lines[-1] = (code, price, self.times(price, parse_quantity(value)))

    def set_prefix(self, value: str) -> None:
        self.next_quantity = parse_quantity(value)

    def discount(self, percent: str) -> None:
        code, price, total = self.lines[-1]
        self.lines[-1] = (code, price, total - divide(total * int(percent), 100))

    def park(self) -> None:
        self.parked.append(self.lines)
        self.clear()

    def resume(self, number: str) -> None:
        self.lines = [*self.lines, *self.parked[int(number) - 1]]

    def take_back(self, receipt: str, line: int) -> None:
        code, price, total = self.sold[int(receipt[-6:]) - 1][line - 1]
        self.lines.append((code, price, -total))

    def refund(self) -> None:
        self.paid += self.due()

    def drop_line(self) -> None:
        self.lines.pop()

    def round_off(self, amount: str) -> None:
        self.off += parse_minor(amount, "CNY")

    def give_points(self, points: int) -> None:
        """A hundred points are one, as the sample shop's programme says."""
        assert points % 100 == 0
        self.off += points

    def tender(self, key: str, amount: str | None) -> None:
        due = self.due()
        if key == "cash":
            due = to_step(due, self.step, self.mode)
            self.off += self.due() - due if amount is None else 0
        taken = due if amount is None else parse_minor(amount, "CNY")
        assert taken > 0
        assert due > 0
        assert key == "cash" or taken <= due
        self.paid += taken

    def finish(self) -> None:
        assert self.lines
        assert self.due() < self.step, "not paid"
        assert all(total for _, _, total in self.lines)
        self.sold.append(self.lines)
        self.finished.append(sum(total for _, _, total in self.lines) - self.off)
        self.clear()

    def clear(self) -> None:
        self.lines, self.off, self.paid = [], 0, 0


def play(till: DayBook, step: dict[str, str]) -> None:
    """Do one line of the script; sign-on and clock do not change an amount."""
    deeds: dict[str, Callable[[], None]] = {
        "scan": lambda: till.scan(step["code"]),
        "prefix": lambda: till.set_prefix(step["value"]),
        "quantity": lambda: till.set_quantity(step["value"]),
        "weight": lambda: till.set_quantity(step["value"]),
        "line_void": till.drop_line,
        "sale_void": till.clear,
        "round_off": lambda: till.round_off(step["amount"]),
        "tender": lambda: till.tender(step["key"], step.get("amount")),
        "finish": till.finish,
        "discount": lambda: till.discount(step["percent"]),
        "park": till.park,
        "resume": lambda: till.resume(step["number"]),
        "return": lambda: till.take_back(step["receipt"], int(step["line"])),
        "refund": till.refund,
        "points": lambda: till.give_points(int(step["give"])),
    }
    if step["do"] in deeds:
        deeds[step["do"]]()


def test_the_scripted_day_adds_up_to_some_forty_paid_sales(
    items: Items, shop: Shop, day: Day
) -> None:
    till = DayBook(items, shop)
    for step in day:
        play(till, step)
    assert not till.lines
    assert 38 <= len(till.finished) <= 55
    assert 100_000 < sum(till.finished) < 1_000_000
    assert len(till.unknown) == 2, "only the two deliberate strangers"
    assert all(check_digit(code[:-1]) == code[-1] for code in till.unknown)


def test_the_scripted_day_shows_everything_a_till_does(day: Day, shop: Shop) -> None:
    done = Counter(step["do"] for step in day)
    for deed in (
        "clock",
        "sign_on",
        "sign_off",
        "scan",
        "prefix",
        "quantity",
        "weight",
    ):
        assert done[deed], deed
    assert done["line_void"] >= 3
    assert done["sale_void"] == 2
    assert done["shift_open"] == done["shift_close"] == 1
    for deed in ("discount", "park", "resume", "count"):
        assert done[deed] == 2, deed
    assert done["return"] == 3
    for deed in ("enrol", "points", "top_up"):
        assert done[deed] == 1, deed
    assert done["member"] == 4
    assert done["round_off"] >= 3
    used = {step["key"] for step in day if step["do"] == "tender"}
    assert used == {*(tender["key"] for tender in shop["tenders"]), "stored_value"}
    reasons = {reason["key"] for reason in shop["reasons"]}
    assert {s["reason"] for s in day if "reason" in s} <= reasons
    people = {(person["number"], person["pin"]) for person in shop["staff"]}
    assert {(s["number"], s["pin"]) for s in day if s["do"] == "sign_on"} <= people
    cap = shop["roles"][0]["round_off_cap_minor"]
    offs = [s["amount"] for s in day if s["do"] == "round_off"]
    assert all(parse_minor(amount, "CNY") <= cap for amount in offs)


def test_the_scripted_days_clock_only_goes_forward(day: Day) -> None:
    times = [step["at"] for step in day if step["do"] == "clock"]
    assert times == sorted(times)
    assert all(time.endswith("+08:00") for time in times)
