"""Promotions as a JSON file: read with what is wrong line by line, and written.

A file is a list of promotions, or one alone. Whatever is optional may be left out; a
promotion of a kind that is not known here is kept as it is and never applied.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion_plain import (
    DEALS,
    NotKnownHereError,
    name_and_kind,
    promotion_from_plain,
    promotion_to_plain,
)
from pos_app.errors import UserError
from pos_app.ports.promotions import PromotionVersion
from pos_app.services.json_members import members
from pos_app.services.promotion_terms import FileTerms
from pos_app.values.percentage import Percentage

#: What is left out of a file where it says nothing.
_NOTHING: tuple[object, ...] = (None, [], {}, "", False)
FIELD_LIMIT = 40


@dataclass(frozen=True, slots=True)
class FiledPromotion:
    """A promotion of a file.

    Attributes:
        line: where it begins, from 1.
        promotion: as it is here, its id "" where the file gives none; None for a
            kind that is not known here.
        promotion_id, name, kind: of it, as text.
        text: the whole of it as JSON, for one that is not known here.
    """

    line: int
    promotion: Promotion | None
    promotion_id: str
    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PromotionProblem:
    """What is wrong with a promotion of a file.

    Attributes:
        line: where it begins, from 1. name: of it, as far as known.
        error: for the person.
    """

    line: int
    name: str
    error: UserError


def read_promotions(
    text: str, terms: FileTerms
) -> tuple[list[FiledPromotion], list[PromotionProblem]]:
    """Read a file of promotions.

    Returns:
        The promotions in order, and what is wrong with any others.

    Raises:
        UserError: "promotion_file_unreadable" with the line where it is no JSON.
    """
    found: list[FiledPromotion] = []
    problems: list[PromotionProblem] = []
    seen: set[str] = set()
    stripped = text.removeprefix("\ufeff").lstrip()
    whole = f"[{stripped}]" if stripped.startswith("{") else text
    for line, said in members(whole, "promotion_file_unreadable"):
        try:
            filed = _filed(line, said, terms)
            _refuse_twice(filed, seen)
            found.append(filed)
        except UserError as error:
            name = _written(name_and_kind(said)[0])
            problems.append(PromotionProblem(line, name, error))
    return found, problems


def _refuse_twice(filed: FiledPromotion, seen: set[str]) -> None:
    """Refuse a second promotion of the same id, or of the same name without one."""
    own = filed.promotion_id or filed.name
    if own in seen:
        raise UserError("promotion_file_twice", name=own)
    seen |= {own, filed.name}


def _written(text: str) -> str:
    """Return text that can be printed, whatever a file has escaped in it."""
    return text.encode("utf-8", "replace").decode()


def _refuse_no_text(said: object) -> None:
    """Refuse characters that no file or database can hold: half a surrogate pair."""
    for one in json.dumps(said, ensure_ascii=False):
        if unicodedata.category(one) == "Cs":
            raise UserError("promotion_file_value", field=f"\\u{ord(one):04x}")


def _refuse_no_line(*names: str) -> None:
    """Refuse names that are no one line of a slip."""
    if any(unicodedata.category(one) == "Cc" for name in names for one in name):
        raise UserError("promotion_file_value", field="name")


def _filed(line: int, said: object, terms: FileTerms) -> FiledPromotion:
    if not isinstance(said, dict) or not isinstance(said.get("deal"), dict):
        raise UserError("promotion_file_value", field="deal")
    _refuse_no_text(said)
    name, kind = name_and_kind(said)
    if not kind or not isinstance(said["deal"]["kind"], str):
        raise UserError("promotion_file_value", field="deal.kind")
    _refuse_no_line(name)
    promotion_id = str(said.get("promotion_id", ""))
    if kind not in DEALS:
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return FiledPromotion(line, None, promotion_id, name, kind, text)
    plain = {"promotion_id": promotion_id, **terms.plain(said), "version": 1}
    try:
        promotion = promotion_from_plain(plain)
    except NotKnownHereError as error:
        word = error.word[:FIELD_LIMIT]
        raise UserError("promotion_file_field", field=word) from error
    except ValueError as error:
        raise UserError("promotion_file_value", field=_place(error)) from error
    _refuse_no_line(*(name for _, name in promotion.names))
    try:
        refuse_unsound(promotion)
    except ArithmeticError as error:  # a quantity of a million digits
        raise UserError("promotion_too_large", blank="steps") from error
    return FiledPromotion(line, promotion, promotion_id, name, kind, "")


def _place(error: ValueError) -> str:
    """Return the field that a value of the wrong kind stands in."""
    errors = getattr(error, "errors", None)
    places = errors()[0]["loc"] if errors is not None else (str(error),)
    return ".".join(str(place) for place in places)[:FIELD_LIMIT]


def write_promotions(versions: Sequence[PromotionVersion]) -> str:
    """Return promotions as a file; what says nothing is left out."""
    rows = []
    for version in versions:
        if version.promotion is None:
            plain: Any = json.loads(version.text)
        else:
            plain = _short(promotion_to_plain(version.promotion))
        rows.append({"promotion_id": version.promotion_id, **plain})
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _short(value: Any) -> Any:
    """Return JSON values without what says nothing, percentages as people write."""
    if isinstance(value, list):
        return [_short(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"millionths"}:
        return str(Percentage(value["millionths"]))
    kept = {key: _short(each) for key, each in value.items()}
    return {
        key: each
        for key, each in kept.items()
        if not _says_nothing(key, each) and (key, each) not in _USUAL
    }


def _says_nothing(key: str, value: object) -> bool:
    """Tell whether a field is as it is where it is left out."""
    if key == "accepts_discounted":  # the one that is true where it is left out
        return False
    return any(value == x and type(value) is type(x) for x in _NOTHING)


#: What every promotion is unless it says otherwise; a file need not say it.
_USUAL: tuple[tuple[str, object], ...] = (
    ("supplier_share", "0%"),
    ("accepts_discounted", True),
    ("return_basis", "prorated"),
    ("audience", {"kind": "everyone"}),
    ("trigger", {"kind": "auto"}),
    ("limits", {"member_period": "ever", "period": "day"}),
    ("priority", 0),
)
