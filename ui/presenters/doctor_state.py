"""What the doctor's page shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.frame_state import Tone


@dataclass(frozen=True, slots=True)
class DoctorRow:
    """One area and the one action that mends it.

    Attributes:
        key: of the area. title: its name. text: what was found.
        tone: how bad it is. action: words of the key; "" for none.
    """

    key: str
    title: str
    text: str
    tone: Tone
    action: str = ""

    @property
    def words(self) -> str:
        """Return the row for assistive tools."""
        return f"{self.title}: {self.text}"


@dataclass(frozen=True, slots=True)
class DoctorState:
    """Everything on the doctor's page.

    Attributes:
        rows: one for each area, in order.
        verdict: all in one sentence. tone: how loud.
        is_examining: the long examination is under way.
        is_working: something is being mended or saved.
        note: how the last action went.
    """

    rows: tuple[DoctorRow, ...] = ()
    verdict: str = ""
    tone: Tone = Tone.PLAIN
    is_examining: bool = False
    is_working: bool = False
    note: str = ""
