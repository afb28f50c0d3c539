"""What is wrong with the answers of a step, each beside its own field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from zoneinfo import ZoneInfo

from pos_app.domain.pin_rule import check_pin
from pos_app.domain.tax_number import check_tax_number
from pos_app.errors import UserError
from pos_app.services.setup_draft import DraftPerson, SetupDraft, SetupStep
from pos_app.services.shop_change import NAME_LIMIT
from pos_app.values.percentage import Percentage

#: Who may sign on at all; nobody types a longer number.
NUMBER_DIGITS = 6
TILL_SIGNS = 6
_USUAL_PORT = "9100"
_HUNDRED_MILLIONTHS = 1_000_000

#: A field, and a test of it that raises what is wrong.
Check = tuple[str, Callable[[], object]]


def draft_problems(
    draft: SetupDraft, step: SetupStep, pins: Mapping[str, tuple[str, str]]
) -> dict[str, UserError]:
    """Return what is wrong in a step by field; empty when one may go on.

    Args:
        draft: the answers.
        step: whose answers.
        pins: of each person, by the key "person-N": the PIN and its repetition.
    """
    found: dict[str, UserError] = {}
    for field, test in _checks(draft, step, pins):
        try:
            test()
        except UserError as error:
            found.setdefault(field, error)
    return found


def usable_draft(draft: SetupDraft) -> SetupDraft:
    """Return the answers for use; a printer that was left half named is none."""
    if draft_problems(draft, SetupStep.DEVICES, {}):
        return draft.model_copy(
            update={"printer_kind": "virtual", "printer_port": _USUAL_PORT}
        )
    is_number = draft.printer_port.strip().isdigit()
    return draft.model_copy(update={} if is_number else {"printer_port": _USUAL_PORT})


def _checks(
    draft: SetupDraft, step: SetupStep, pins: Mapping[str, tuple[str, str]]
) -> Iterator[Check]:
    if step is SetupStep.SHOP:
        yield from _shop(draft)
    elif step is SetupStep.DEVICES and draft.printer_kind == "tcp":
        yield "printer_address", lambda: _given(draft.printer_address, "address")
        yield "printer_port", lambda: _whole(draft.printer_port, 1, 65535)
    elif step is SetupStep.GOODS and draft.goods == "import":
        yield "goods_file", lambda: _given(draft.goods_file, "goods")
    elif step is SetupStep.PEOPLE:
        yield from _people(draft, pins)


def _shop(draft: SetupDraft) -> Iterator[Check]:
    preset = draft.preset
    yield "shop_name", lambda: _given(draft.shop_name, "name")
    for field in ("shop_name", "address", "phone"):
        yield field, partial(_short, getattr(draft, field))
    yield (
        "tax_number",
        lambda: check_tax_number(draft.tax_number, preset.tax_number),
    )
    if preset.scheme(draft.tax_scheme).asks_rate:
        yield "tax_rate", lambda: _rate(draft.tax_rate)
    yield "day_starts_at", lambda: _whole(draft.day_starts_at, 0, 23)
    yield "till", lambda: _till(draft.till)
    if not preset.time_zone:
        yield "time_zone", lambda: _zone(draft.time_zone)


def _people(draft: SetupDraft, pins: Mapping[str, tuple[str, str]]) -> Iterator[Check]:
    numbers = [person.number.strip() for person in draft.people]
    for place, person in enumerate(draft.people):
        key = person_key(place)
        yield f"{key}-name", partial(_given, person.name, "person")
        yield f"{key}-name", partial(_short, person.name)
        yield f"{key}-number", partial(_number, person)
        yield f"{key}-number", partial(_once, person, numbers[:place])
        yield f"{key}-pin", partial(_pin, person, pins.get(key, ("", "")))


def person_key(place: int) -> str:
    """Return the key of a person's fields: "person-0" is the owner."""
    return f"person-{place}"


def _given(text: str, what: str) -> None:
    if not text.strip():
        raise UserError(f"setup_{what}_missing")


def _short(text: str) -> None:
    if len(text.strip()) > NAME_LIMIT or not text.isprintable():
        raise UserError("setup_text_long", limit=NAME_LIMIT)


def _whole(text: str, low: int, high: int) -> None:
    plain = text.strip()
    is_number = plain.isascii() and plain.isdigit() and len(plain) < 8
    if not (is_number and low <= int(plain) <= high):
        raise UserError("setup_number_range", low=low, high=high)


def _rate(text: str) -> None:
    plain = text.strip().rstrip("%").strip()
    try:
        millionths = Percentage.parse(plain).millionths
    except UserError as error:
        raise UserError("setup_rate_refused") from error
    if not 0 <= millionths < _HUNDRED_MILLIONTHS:
        raise UserError("setup_rate_refused")


def _till(text: str) -> None:
    till = text.strip()
    if not (till.isascii() and till.isalnum() and len(till) <= TILL_SIGNS):
        raise UserError("setup_till_refused", limit=TILL_SIGNS)


def _zone(text: str) -> None:
    try:
        ZoneInfo(text.strip())
    except (ValueError, OSError, LookupError) as error:
        raise UserError("setup_zone_unknown") from error


def _number(person: DraftPerson) -> None:
    number = person.number.strip()
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS):
        raise UserError("setup_staff_number", limit=NUMBER_DIGITS)


def _once(person: DraftPerson, before: list[str]) -> None:
    if person.number.strip() in before:
        raise UserError("setup_staff_twice")


def _pin(person: DraftPerson, typed: tuple[str, str]) -> None:
    pin, again = typed
    check_pin(pin, person.number.strip())
    if pin != again:
        raise UserError("setup_pin_differs")
