"""Runs published cases (Odoo, Medusa, Sylius, django-oscar …) through our functions.

Each `_kind` function turns a case into a call of ours and returns (figure, ours,
published) triples. `NotExpressibleError` says that the case asks for a thing our
functions do not have at all. A case in a foreign currency is compared in the
currency of the document: converting it to a company's own is no till's work.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any, TypeAlias

from pos_app.domain.payment import Payment
from pos_app.domain.tax import CashRounding
from pos_app.errors import UserError
from pos_app.values.money import exponent_of, parse_minor
from pos_app.values.rounding import RoundingMode, apportion, divide, to_step
from tests.contract.published_discounts import global_discount, line_discounts
from tests.contract.published_documents import document_totals
from tests.contract.published_offers import (
    chinese_cart,
    oscar_offer,
    promotion_actions,
)
from tests.contract.published_sylius import scenario
from tests.contract.published_tax_cases import (
    adapted_price,
    cart_totals,
    line_tax,
    real_receipt,
    receipt_table,
)
from tests.contract.published_tax_rates import Figure, NotExpressibleError

Case: TypeAlias = dict[str, Any]
Answer: TypeAlias = list[Figure]


def _mode(name: str) -> RoundingMode:
    try:
        return RoundingMode(name.lower())
    except ValueError:
        raise NotExpressibleError(f"no rounding mode {name}") from None


def _round_to_int(case: Case) -> Answer:
    value = Fraction(case["value"])
    ours = divide(value.numerator, value.denominator, _mode(case["mode"]))
    return [("rounded", ours, int(case["expected"]))]


def _round_to_unit(case: Case) -> Answer:
    step = 10 ** case["drop_digits"]
    ours = to_step(case["amount_minor"], step, _mode(case["mode"]))
    return [("rounded", ours, case["expected"])]


def _cash_round(case: Case) -> Answer:
    step, currency = case["step_minor"], case["currency"]
    expected = case["expected"] and parse_minor(case["expected"], currency)
    if case["mode"] == "Unnecessary":
        return [("cash", _payable(case["amount"], currency, step), expected)]
    exact = Fraction(case["amount"]) * 10 ** exponent_of(currency) / step
    mode = _mode(case["mode"])
    ours = divide(exact.numerator, exact.denominator, mode) * step
    return [("cash", ours, expected)]


def _payable(amount: str, currency: str, step: int) -> int | None:
    """Return the amount when coins can make it as it is, else None."""
    if 10**6 % step:
        raise NotExpressibleError("we do not ask whether a step is a real coin")
    try:
        minor = parse_minor(amount, currency)
    except UserError:
        return None
    return minor if to_step(minor, step) == minor else None


def _integers(ratios: Sequence[object]) -> list[int]:
    exact = [Fraction(str(ratio)) for ratio in ratios]
    common = lcm(*(ratio.denominator for ratio in exact))
    return [int(ratio * common) for ratio in exact]


def _allocate(case: Case) -> Answer:
    currency = case["currency"]
    step = 5 if case["context"] == "CashContext(5)" else 1
    total = parse_minor(case["amount"], currency)
    assert total % step == 0
    weights = _integers(case.get("ratios") or [1] * case["parts"])
    ours = [share * step for share in apportion(total // step, weights)]
    return [("shares", ours, [parse_minor(x, currency) for x in case["expected"]])]


def _allocate_minor_units(case: Case) -> Answer:
    ours = apportion(case["amount"], _integers(case["ratios"]))
    return [("shares", list(ours), case["expected"])]


def _split_evenly(case: Case) -> Answer:
    ours = apportion(case["amount"], [1] * case["n"])
    return [("shares", list(ours), case["expected"])]


def _prorate(case: Case) -> Answer:
    ours = apportion(case["total"], case["weights"])
    return [("shares", list(ours), case["expected"])]


def _chinese_allocation(case: Case) -> Answer:
    bases, off = case["allocate"]["bases"], case["allocate"]["off"]
    ours = apportion(off * 100, [base * 100 for base in bases.values()])
    expected = [int(case["expected"][sku] * 100) for sku in bases]
    return [("shares", list(ours), expected)]


def _cash_rounding_rule(case: Case) -> Answer:
    def mills(text: str) -> int:  # one case has half a rappen
        return int(Decimal(text) * 1000)

    payment = Payment(mills(case["amount"]), CashRounding(mills(case["step"])))
    if "card" in case:
        return [("card", payment.due_minor, mills(case["card"]))]
    return [("cash", payment.cash_due_minor, mills(case["cash"]))]


def _scenario(case: Case) -> Answer:
    figures = list(scenario(case))
    if not figures:
        raise NotExpressibleError("a scenario without a figure")
    return figures


KINDS: dict[str, Callable[[Case], Answer]] = {
    "adapt_price_to_other_taxes": adapted_price,
    "allocate": _allocate,
    "allocate_minor_units": _allocate_minor_units,
    "base_lines_tax_details": line_discounts,
    "cart_totals": cart_totals,
    "cash_round": _cash_round,
    "cash_rounding_rule": _cash_rounding_rule,
    "cn_allocation": _chinese_allocation,
    "cn_cart_promotion": chinese_cart,
    "document_totals": document_totals,
    "global_discount": global_discount,
    "gherkin_checkout": _scenario,
    "line_tax": line_tax,
    "oscar_offer": oscar_offer,
    "promotion_actions": promotion_actions,
    "prorate": _prorate,
    "real_receipt_vat": real_receipt,
    "receipt_table": receipt_table,
    "round_to_int": _round_to_int,
    "round_to_unit": _round_to_unit,
    "split": _allocate,
    "split_evenly": _split_evenly,
}


def read_cases(folder: Path) -> list[Case]:
    """Read every published case; those without a name get one."""
    cases = []
    for name in ("cases.jsonl", "real_receipts.jsonl"):
        text = (folder / name).read_text(encoding="utf-8")
        cases += [json.loads(row) for row in text.splitlines()]
    for case in cases:
        if case["kind"] == "cn_cart_promotion" and "allocate" in case:
            case["kind"] = "cn_allocation"
    rules = json.loads(
        (folder / "cash_rounding_rules.json").read_text(encoding="utf-8")
    )
    for rule in rules["cases"]:
        name = f"cash-rule-{rule['country']}-{rule['step']}-{rule['amount']}"
        cases.append({**rule, "id": name, "kind": "cash_rounding_rule"})
    return cases


def complaint(case: Case) -> str:
    """Run a case; return how we differ from what was published, "" when we do not."""
    try:
        figures = KINDS[case["kind"]](case)
    except NotExpressibleError as why:
        return str(why)
    wrong = [
        f"{name}: {ours} for {want}" for name, ours, want in figures if ours != want
    ]
    return "; ".join(wrong)
