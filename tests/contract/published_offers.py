"""Published promotions (django-oscar, Medusa, a Chinese cart) as promotions of ours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from pos_app.domain.basket import BasketLine
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.deal import Deal, Off, UnitDeal
from pos_app.domain.promotion.occasion import Used
from pos_app.domain.promotion.promotion import Limits, Promotion
from pos_app.domain.promotion.selector import Selector
from pos_app.values.percentage import Percentage
from tests.builders_promotions import (
    FREE,
    at,
    bundle,
    categories,
    cut,
    everything,
    goods,
    items,
    nfor,
    nth,
    promotion,
    slot,
    sold,
    spend,
    tier,
)
from tests.contract.published_promotions import off_everything, price_accepted
from tests.contract.published_tax_rates import Figure, NotExpressibleError

Case: TypeAlias = dict[str, Any]
Answer: TypeAlias = list[Figure]

#: A usage limit that is reached.
USED_UP = Used(in_all=1000)


def _cents(amount: object) -> int:
    exact = Decimal(str(amount)) * 100
    if exact != exact.to_integral_value():
        raise NotExpressibleError(f"{amount} is a fraction of the smallest coin")
    return int(exact)


def _units_in_deals(priced: PricedBasket) -> int:
    uses = priced.promoted.applications
    return sum(claim.count for use in uses for claim in use.claims)


# --- django-oscar ------------------------------------------------------------


def oscar_offer(case: Case) -> Answer:
    """One application of one offer: how much, and how many items it consumes."""
    given = case["given"]
    lines = [
        sold(goods(f"goods-{number}", _cents(row["price"])), row["qty"])
        for number, row in enumerate(given["lines"])
    ]
    deal = _oscar_deal(given["benefit"], given["condition"])
    limits = Limits() if given["benefit"]["type"] == "FIXED_UNIT" else Limits(1)
    priced = price_accepted(lines, promotion(deal, limits=limits))
    expected, inside = case["expected"], _units_in_deals(priced)
    ours = {
        "result.discount": priced.promoted.saving_minor,
        "basket.num_items_with_discount": inside,
        "basket.num_items_without_discount": priced.item_count - inside,
    }
    wanted = {"result.discount": _cents(expected["result.discount"])}
    wanted |= {
        name: int(expected[name])
        for name in ours.keys() - wanted.keys()
        if name in expected
    }
    return [(name, ours[name], value) for name, value in wanted.items()]


def _oscar_deal(benefit: Case, condition: Case) -> Deal:
    most = benefit.get("max_affected_items")
    value = _cents(benefit.get("value", "0"))
    needed = condition["value"]
    match benefit["type"], condition["type"]:
        case "MULTIBUY", "COUNT":
            return nth(everything(), int(needed), FREE)
        case "FIXED_PRICE", "COUNT":
            return nfor(everything(), int(needed), value)
        case "FIXED_UNIT", "COUNT" if most is None:
            return tier(everything(), (needed, cut(value)))
        case "FIXED_UNIT", "COUNT":
            return nth(everything(), int(needed), cut(value), int(most or 1))
        case "FIXED", "COUNT":
            return bundle(slot(everything(), int(needed)), off=cut(value))
        case "FIXED", "VALUE":
            return spend((_cents(needed), cut(value)))
    raise NotExpressibleError(f"{benefit['type']} on {condition['type']}")


# --- Medusa ------------------------------------------------------------------


def promotion_actions(case: Case) -> Answer:
    """What the promotions of a cart take off each of its lines."""
    context = case["context"]
    rows = [*context.get("items", []), *context.get("shipping_methods", [])]
    lines = [sold(_medusa_goods(row), row.get("quantity", 1)) for row in rows]
    used: dict[str, Used] = {}
    found: list[Promotion] = []
    for told in case["promotions"]:
        if "__update_campaign" in told:
            used |= dict.fromkeys((one.promotion_id for one in found), USED_UP)
        elif told.get("is_automatic") or told["code"] in case["codes"]:
            found += _medusa_promotions(told, rows)
    limited = [_within(one, used) for one in found]
    priced = price_accepted(lines, *limited, used=used)
    wanted = _medusa_wanted(case["expected"], rows, has_usage=bool(used))
    if any(told.get("type") == "buyget" for told in case["promotions"]):
        return _lowered_goods(priced, rows, wanted)
    ours = {
        row["id"]: line.discount_minor
        for row, line in zip(rows, priced.lines, strict=True)
    }
    return [("off each line", ours, wanted)]


def _medusa_wanted(
    actions: Sequence[Case], rows: Sequence[Case], *, has_usage: bool
) -> dict[str, int]:
    wanted = dict.fromkeys((row["id"] for row in rows), 0)
    for action in actions:
        if "amount" in action:
            name = action.get("item_id") or action["shipping_method_id"]
            wanted[name] += round(Decimal(str(action["amount"])) * 100)
        elif action["action"] == "campaignBudgetExceeded" and not has_usage:
            raise NotExpressibleError("a budget in money; ours count uses")
    return wanted


def _lowered_goods(
    priced: PricedBasket, rows: Sequence[Case], wanted: dict[str, int]
) -> Answer:
    """Ours deals the saving to goods bought, too: compare what is lowered, and all."""
    names = {
        line.line_id: row["id"] for row, line in zip(rows, priced.lines, strict=True)
    }
    lowered = {
        names[claim.line_id]
        for use in priced.promoted.applications
        for claim in use.claims
        if claim.is_reduced
    }
    return [
        ("off in all", priced.promoted.saving_minor, sum(wanted.values())),
        ("lowered", lowered, {name for name, amount in wanted.items() if amount}),
    ]


def _within(one: Promotion, used: dict[str, Used]) -> Promotion:
    if one.promotion_id not in used:
        return one
    limits = Limits(one.limits.per_basket, in_all=1000)
    return promotion(one.deal, one.name, limits=limits)


def _medusa_goods(row: Case) -> Any:
    """Goods, or a way of delivery, which is an item like any other."""
    each = Decimal(str(row["subtotal"])) / row.get("quantity", 1)
    category = row.get("product_category", {}).get("id", "")
    return goods(row["id"], _cents(each), category=category)


def _medusa_promotions(told: Case, rows: Sequence[Case]) -> list[Promotion]:
    method, code = told["application_method"], told["code"]
    if told["type"] == "buyget":
        return [_medusa_buyget(method, code, rows)]
    is_delivery = method.get("target_type") == "shipping_methods"
    kind = [row for row in rows if ("quantity" not in row) == is_delivery]
    targets = _medusa_rows(method.get("target_rules", []), kind)
    off = _medusa_off(method)
    if method.get("allocation") == "each":
        # Their limit counts the units of each line, ours those of a promotion.
        limits = Limits(method.get("max_quantity"))
        return [
            promotion(
                UnitDeal(items(row["id"]), off), f"{code} {row['id']}", limits=limits
            )
            for row in targets
        ]
    if not targets:
        return []
    chosen = items(*(row["id"] for row in targets))
    return [promotion(off_everything(off, chosen=chosen), code, stack_group=code)]


def _medusa_buyget(method: Case, code: str, rows: Sequence[Case]) -> Promotion:
    needed, given = method["buy_rules_min_quantity"], method["apply_to_quantity"]
    bought = _medusa_selector(method["buy_rules"], rows)
    target = _medusa_selector(method["target_rules"], rows)
    limits = Limits(max(1, method["max_quantity"] // given))
    off = _medusa_off(method)
    if bought == target:
        deal: Deal = nth(bought, needed + given, off, given)
    else:
        deal = bundle(slot(bought, needed), slot(target, given, off))
    return promotion(deal, code, limits=limits)


def _medusa_off(method: Case) -> Off:
    if method["type"] == "percentage":
        return Off(percentage=Percentage.parse(str(method["value"])))
    return cut(_cents(method["value"]))


def _medusa_rows(rules: Sequence[Case], rows: Sequence[Case]) -> list[Case]:
    def fits(row: Case, rule: Case) -> bool:
        thing, key = rule["attribute"].split(".")
        return row.get(thing, {}).get(key) in rule["values"]

    return [row for row in rows if all(fits(row, rule) for rule in rules)]


def _medusa_selector(rules: Sequence[Case], rows: Sequence[Case]) -> Selector:
    (rule,) = rules
    if rule["attribute"] == "product_category.id":
        return categories(*rule["values"])
    found = _medusa_rows(rules, rows)
    return items(*(row["id"] for row in found))


# --- a Chinese cart ------------------------------------------------------------


def chinese_cart(case: Case) -> Answer:
    """满减 dealt to goods, 秒杀 prices; postage is left out, on both sides."""
    lines: list[BasketLine] = [
        sold(goods(row["sku"], _cents(row["list_price"])), row["qty"])
        for row in case["items"]
    ]
    found = [_chinese(told, f"p{n}") for n, told in enumerate(case["promotions"])]
    priced = price_accepted(lines, *found)
    by_sku = dict(zip((row["sku"] for row in case["items"]), priced.lines, strict=True))
    flash = any(told["type"] == "flash_price" for told in case["promotions"])
    expected = case["expected"]
    answer: Answer = [
        (
            "goods",
            priced.total_minor if flash else priced.list_minor,
            _cents(expected["goods_total"]),
        )
    ]
    if "order_total" in expected:
        without = _cents(expected["order_total"]) - _cents(case["shipping"])
        answer.append(("to pay", priced.total_minor, without))
    for sku, amount in expected.get("allocated", {}).items():
        answer.append((f"off {sku}", by_sku[sku].discount_minor, _cents(amount)))
    for sku, amount in expected.get("settle_total", {}).items():
        answer.append((f"{sku}", by_sku[sku].total_minor, _cents(amount)))
    return answer


def _chinese(told: Case, name: str) -> Promotion:
    chosen = items(*told["on"])
    if told["type"] == "flash_price":
        return promotion(UnitDeal(chosen, at(_cents(told["price"]))), name)
    assert told["type"] == "full_reduction"
    off = cut(_cents(told["off"]))
    return promotion(spend((_cents(told["threshold"]), off), chosen=chosen), name)
