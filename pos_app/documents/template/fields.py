"""What a template may name: the fields of a slip's facts, with their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import TypeAlias

from pos_app.documents.layout import Block

#: A fact as a template sees it. Only plain mappings, lists, texts and whole numbers
#: lie behind a name, so there is no attribute that could be reached.
Value: TypeAlias = "str | int | Facts | Sequence[Facts]"
Facts: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Field:
    """A text, a whole number (minor units, a count) or a flag (0 or 1).

    Attributes:
        meaning: msgid of what it is, for the list beside the editor.
        is_number: whether it may stand as a width or be compared with a number.
    """

    meaning: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one name."""

    fields: Mapping[str, Field | Group | Rows]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list to go over; each row has the same fields."""

    meaning: str
    row: Group


@dataclass(frozen=True, slots=True)
class FormFields:
    """All that a template of one kind may name.

    Attributes:
        version: of the facts; a name may be added to a version, never taken away.
        root: the fields. sections: msgid of each ready-made part.
    """

    version: int
    root: Group
    sections: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that the law wants on a slip, whatever the template says.

    Attributes:
        key: stable name, such as "number".
        ways: each a set of facts, as (id of the mapping, name in it), that together
            fulfil it once they were printed; any one way will do. A ready-made
            section names its duties itself.
        blocks: what is printed where the template left it out.
        at_top: whether it then stands before everything else.
    """

    key: str
    ways: tuple[frozenset[tuple[int, str]], ...]
    blocks: tuple[Block, ...]
    at_top: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A ready-made part of a slip.

    Attributes:
        blocks: what it prints. duties: keys of the duties that it fulfils.
    """

    blocks: tuple[Block, ...]
    duties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """One slip's facts, frozen, as a template is filled with them.

    Attributes:
        facts: by the names of `FormFields`.
        sections: the ready-made parts.
        duties: what must be on the paper.
        language: of the slip.
        logo_png: printed where the template says so; None for none.
    """

    facts: Facts
    sections: Mapping[str, Section]
    duties: tuple[Duty, ...]
    language: str
    logo_png: bytes | None = None


def frozen(**fields: Value) -> Facts:
    """Return facts that nobody changes any more."""
    return MappingProxyType(fields)


def once(key: str, owner: Facts, *names: str) -> tuple[frozenset[tuple[int, str]], ...]:
    """Return the ways of a duty that each of some fields of one mapping fulfils."""
    assert all(name in owner for name in names), (key, names)
    return tuple(frozenset({(id(owner), name)}) for name in names)


def listed(fields: FormFields) -> Iterable[tuple[str, str]]:
    """Yield (how to write it, msgid) of every field, rows with their loop."""
    yield from _listed(fields.root, "")


def _listed(group: Group, before: str) -> Iterable[tuple[str, str]]:
    for name, field in group.fields.items():
        path = f"{before}{name}"
        if isinstance(field, Field):
            yield f"{{{{ {path} }}}}", field.meaning
        elif isinstance(field, Group):
            yield from _listed(field, f"{path}.")
        else:
            variable = singular(name)
            yield f"{{% for {variable} in {path} %}}", field.meaning
            yield from _listed(field.row, f"{variable}.")


def singular(name: str) -> str:
    """Return the usual name of one row: lines -> line."""
    endings = {"taxes": "tax"}
    return endings.get(name, name.removesuffix("s") if name.endswith("s") else "row")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant; "" for none."""
    found = get_close_matches(name, list(known), 1)
    return found[0] if found else ""
