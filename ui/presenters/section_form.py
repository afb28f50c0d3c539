"""A section of some rules as it stands in a form of the back office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from ui.presenters.programme_values import Typed

Rules = TypeVar("Rules")


@dataclass(frozen=True, slots=True)
class SectionForm(Generic[Rules]):
    """What is typed of a section, and the rules that it began with.

    Attributes:
        section: key. base: the rules that were looked at.
        values: (field, what stands in it), all of the section.
    """

    section: str
    base: Rules
    values: tuple[tuple[str, str], ...]

    def with_value(self, key: str, value: str) -> SectionForm[Rules]:
        """Return the form with another text in a field."""
        changed = {**dict(self.values), key: value}
        return replace(self, values=tuple(changed.items()))

    def typed(self, currency: str) -> Typed:
        """Return what reads the fields."""
        return Typed(dict(self.values), currency)
