"""A JSON list that people edit, read member by member, each with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pos_app.errors import UserError

_BLANK = " \t\r\n"


def members(text: str, refusal: str) -> Iterator[tuple[int, object]]:
    """Yield the members of a JSON list with the lines on which they begin.

    Numbers with a decimal point stay text: no float is ever made of them.

    Args:
        text: of the file.
        refusal: key of the UserError with the `line` where it is no JSON list.
    """
    decoder = json.JSONDecoder(parse_float=str)
    text = text.removeprefix("\ufeff")
    place = _skip(text, 0)
    if text[place : place + 1] != "[":
        raise UserError(refusal, line=_line(text, place))
    place = _skip(text, place + 1)
    while text[place : place + 1] != "]":
        start = place
        try:
            member, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            at = getattr(error, "lineno", _line(text, start))
            raise UserError(refusal, line=at) from error
        yield _line(text, start), member
        place = _skip(text, place)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "]":
            raise UserError(refusal, line=_line(text, place))
    if text[place + 1 :].strip(_BLANK):
        raise UserError(refusal, line=_line(text, place))


def _skip(text: str, place: int) -> int:
    while text[place : place + 1] and text[place] in _BLANK:
        place += 1
    return place


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
