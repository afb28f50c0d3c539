"""What the dialog of stored value shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValueFact:
    """A line of figures. is_total: the one that matters."""

    title: str
    value: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class ValueKey:
    """A key of the dialog. detail: below its words; icon: before them."""

    key: str
    title: str
    detail: str = ""
    icon: str = ""
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class ValueState:
    """Everything the dialog shows.

    Attributes:
        title, icon: of the dialog.
        facts: figures, in order.
        choices_title, choices: keys in the body; none for no question.
        has_entry: whether something is typed. entry_hint, entry_text: what.
        problem: why what is typed is not taken; "" for none.
        note: one sentence below; "" for none.
        keys: beside the main key.
        take: words of the main key; "" for none. blocked: why it cannot be pressed.
    """

    title: str
    icon: str
    facts: tuple[ValueFact, ...] = ()
    choices_title: str = ""
    choices: tuple[ValueKey, ...] = ()
    has_entry: bool = False
    entry_hint: str = ""
    entry_text: str = ""
    problem: str = ""
    note: str = ""
    keys: tuple[ValueKey, ...] = ()
    take: str = ""
    blocked: str = ""
