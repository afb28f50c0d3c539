"""A row of a list in two lines, as a presenter gives it."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.frame_state import Tone


@dataclass(frozen=True, slots=True)
class TwoLineRow:
    """A row.

    Attributes:
        key: what a touch says. title, detail: over each other.
        subtitle: lighter, behind the title. value: on the right of the title.
        mark: words of a chip: below the value, or in its place; "" for none.
        tone: of the chip. icon: before the words, or "". indent: steps to the right.
        stripe: colour on the left edge, or "". is_dim: over, switched off.
    """

    key: str
    title: str
    detail: str = ""
    value: str = ""
    subtitle: str = ""
    mark: str = ""
    tone: Tone = Tone.PLAIN
    icon: str = ""
    indent: int = 0
    stripe: str = ""
    is_dim: bool = False

    @property
    def words(self) -> str:
        """What a screen reader says."""
        parts = (self.title, self.subtitle, self.detail, self.value, self.mark)
        return ", ".join(part for part in parts if part)
