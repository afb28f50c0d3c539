"""The table of measure-carrying barcodes as a JSON file that people edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind, check_rule
from pos_app.errors import UserError
from pos_app.services.json_members import members

TEXT_LIMIT = 60


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What is wrong with a rule of a file.

    Attributes:
        line: where the rule begins, from 1. error: for the person.
    """

    line: int
    error: UserError


def rule_to_plain(rule: BarcodeRule) -> dict[str, object]:
    """Return a rule as `read_rule_table` reads it."""
    return {
        "key": rule.key,
        "name": rule.name,
        "pattern": rule.pattern,
        "kind": rule.kind.value,
        "decimals": rule.decimals,
        "price_decimals": rule.price_decimals,
        "is_enabled": rule.is_enabled,
        "is_verified": rule.is_verified,
    }


def read_rule_table(text: str) -> tuple[list[BarcodeRule], list[RuleProblem]]:
    """Read a JSON list of rules.

    Args:
        text: of the file; `key`, `name`, `pattern`, `kind` and `decimals` must be
            there, the rest may.

    Returns:
        The rules in order, and what is wrong with any of them; a table with
        problems must not be used.

    Raises:
        UserError: "rules_unreadable" with the line where it is no JSON list.
    """
    rules: list[BarcodeRule] = []
    problems: list[RuleProblem] = []
    keys: set[str] = set()
    for line, plain in members(text, "rules_unreadable"):
        try:
            rule = replace(_rule(plain), position=len(rules))
            check_rule(rule)
        except UserError as error:
            problems.append(RuleProblem(line, error))
            continue
        if rule.key in keys:
            twice = UserError("rule_key_twice", rule=rule.key)
            problems.append(RuleProblem(line, twice))
        keys.add(rule.key)
        rules.append(rule)
    return rules, problems


def with_preset(
    table: Sequence[BarcodeRule], added: Sequence[BarcodeRule], *, appends: bool
) -> list[BarcodeRule]:
    """Return a table with a country's rules instead of, or after, its own.

    A rule of the same key is replaced where it stands.
    """
    fresh = {rule.key: rule for rule in added}
    kept = list(table) if appends else []
    rules = [fresh.pop(rule.key, rule) for rule in kept]
    rules += fresh.values()
    return [replace(rule, position=place) for place, rule in enumerate(rules)]


def _rule(plain: object) -> BarcodeRule:
    if not isinstance(plain, dict):
        raise UserError("rule_field", field="{ }")
    for name in (*_WANTED, *plain):
        if name not in _FITS or not _FITS[name](plain.get(name)):
            raise UserError("rule_field", field=str(name)[:TEXT_LIMIT])
    said = {name: plain[name] for name in plain if name != "position"}
    return BarcodeRule(**{**said, "kind": MeasureKind(plain["kind"])})


def _is_text(value: object) -> bool:
    fits = isinstance(value, str) and 0 < len(value) <= TEXT_LIMIT
    return fits and str(value).isprintable()


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= 9


_WANTED = ("key", "name", "pattern", "kind", "decimals")
_FITS: dict[str, Callable[[object], bool]] = {
    "key": _is_text,
    "name": _is_text,
    "pattern": _is_text,
    "kind": lambda value: isinstance(value, str) and value in set(MeasureKind),
    "decimals": _is_number,
    "price_decimals": _is_number,
    "position": lambda value: type(value) is int,
    "is_enabled": _is_flag,
    "is_verified": _is_flag,
}
