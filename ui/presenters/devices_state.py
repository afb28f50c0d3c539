"""What the settings' page of devices shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.ports.devices import DriverOptionKind, OptionValue
from ui.presenters.device_guide import GuideView
from ui.presenters.frame_state import Tone

_NO_GUIDE = GuideView()


class DevicesMode(StrEnum):
    """What the right card is about."""

    STATE = "state"  # how the chosen device is, and its test
    SETUP = "setup"  # how the chosen device is set up
    FOUND = "found"  # what a search found
    ADD = "add"  # a device that is set up by hand
    GUIDE = "guide"  # the guided test page of a printer


class TestKind(StrEnum):
    """What a device's test is."""

    NONE = "none"
    PAPER = "paper"  # a page, seen before and judged after
    DRAWER = "drawer"
    SCAN = "scan"
    WEIGHT = "weight"
    WORDS = "words"  # on a line display

    __test__ = False  # no test of pytest's


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device in the list on the left.

    Attributes:
        key: its id. icon, title, detail: what it is and how it is reached.
        chip: how it is. tone: how loud.
        test: words of the key beside it; "" for none.
    """

    key: str
    icon: str
    title: str
    detail: str
    chip: str
    tone: Tone
    test: str

    @property
    def words(self) -> str:
        """The row for assistive tools."""
        return f"{self.title}: {self.chip}. {self.detail}"


@dataclass(frozen=True, slots=True)
class DeviceField:
    """One thing that can be set, in words.

    Attributes:
        key: what `changed` says: "name", "driver", "kind", "address", or
            "option-KEY" and "way-KEY".
        label: of the field. kind: how it is asked for.
        value: in force. choices: (value as text, words) of a CHOICE.
        hint: an example, or what it means.
        problem: why the last value was refused; "" when it was not.
    """

    key: str
    label: str
    kind: DriverOptionKind
    value: OptionValue
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A device that the search found.

    Attributes:
        key: its place among them. icon, title, detail: what it is.
        problem: why it cannot be used yet, and what to do; "" when it can.
        action: words of its key; "" for none.
    """

    key: str
    icon: str
    title: str
    detail: str
    problem: str
    action: str


@dataclass(frozen=True, slots=True)
class DeviceTest:
    """The test of the chosen device.

    Attributes:
        kind: what it is. action: words of its key; "" for none.
        note: how the last one went, or what to do. lines: what was read so far.
        png: the test page as the paper will show it.
        asks: whether somebody is to say how the paper came out.
        is_busy: a test is under way. has_drawer: its drawer can be opened.
        has_roll: its roll of labels can be measured and moved.
    """

    kind: TestKind = TestKind.NONE
    action: str = ""
    note: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    png: bytes = b""
    asks: bool = False
    is_busy: bool = False
    has_drawer: bool = False
    has_roll: bool = False


@dataclass(frozen=True, slots=True)
class ChosenDevice:
    """The device that the right card is about.

    Attributes:
        key: its id; "" for none. title, icon: of it. chip, tone: how it is.
        sentence, advice: how it is in plain words, and what to do.
        facts: how it is set up. answers: what was read back: (words, is it well).
        fields: what can be set. is_on: whether it is used.
        can_remove: whether it may go. test: its test.
    """

    key: str = ""
    title: str = ""
    icon: str = ""
    chip: str = ""
    tone: Tone = Tone.PLAIN
    sentence: str = ""
    advice: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, bool], ...] = ()
    fields: tuple[DeviceField, ...] = ()
    is_on: bool = True
    can_remove: bool = False
    test: DeviceTest = DeviceTest()


@dataclass(frozen=True, slots=True)
class DevicesState:
    """Everything on the page of devices.

    Attributes:
        mode: what the right card is about.
        rows: the devices. attention: words of the chip; "" when all is well.
        chosen: the device on the right.
        found: what the search found; None before any. is_searching: under way.
        search_note: how the search went.
        may_change, asks_approval: whether this person may, alone.
        problem: why the last change was refused.
        guide: the guided test page, in its mode.
    """

    mode: DevicesMode = DevicesMode.STATE
    rows: tuple[DeviceRow, ...] = ()
    attention: str = ""
    chosen: ChosenDevice = ChosenDevice()
    found: tuple[FoundRow, ...] = ()
    is_searching: bool = False
    search_note: str = ""
    may_change: bool = True
    asks_approval: bool = False
    problem: str = ""
    guide: GuideView = _NO_GUIDE
