"""What stands around every counter screen: shop, cashier, clock, devices."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How loud a chip, a message or a toast is."""

    GOOD = "good"
    PLAIN = "plain"
    INFO = "info"
    WARN = "warn"  # somebody must act: amber fill and triangle
    BAD = "bad"  # failed: crimson
    NOTICE = "notice"  # dark: offline


@dataclass(frozen=True, slots=True)
class ChipView:
    """A status chip.

    Attributes:
        key: stable name; what `chip_pressed` says.
        text: words, in the cashier's language.
        icon: an icon's name.
        tone: how loud.
        short: the text when the bar is narrow; "" leaves the icon alone.
    """

    key: str
    text: str
    icon: str
    tone: Tone = Tone.GOOD
    short: str = ""


@dataclass(frozen=True, slots=True)
class TabView:
    """A tab of the top bar: only those that lead somewhere."""

    key: str
    text: str
    icon: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key and what it does, right in the status bar: "Esc" "返回"."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """The last thing that happened, in one sentence."""

    text: str
    tone: Tone = Tone.GOOD


@dataclass(frozen=True, slots=True)
class ToastView:
    """Something that can be undone for a while.

    Attributes:
        serial: grows with each toast; the same number is not shown twice.
        text: what happened. action: the words of the undo key; "" for none.
        key: its key on the keyboard. seconds: how long it stays.
    """

    serial: int
    text: str
    action: str = ""
    key: str = "Ctrl+Z"
    seconds: int = 8


@dataclass(frozen=True, slots=True)
class FrameState:
    """Top bar and status bar of a counter screen.

    Attributes:
        shop_name: "晴川生活 · 湖滨店".
        till_label: "02 号机".
        tabs: what the top bar leads to. tab: key of the tab one is on.
        cashier_name: who is signed on; "" when nobody is.
        clock_text, date_text: the shop's time, already written.
        chips: devices and storage. message: the last event.
        hints: keys that work here.
        toast: what can be undone; None for nothing.
        training: words of the mark of training, long and short; none at the real till.
    """

    shop_name: str
    till_label: str = ""
    tabs: tuple[TabView, ...] = ()
    tab: str = ""
    cashier_name: str = ""
    clock_text: str = ""
    date_text: str = ""
    chips: tuple[ChipView, ...] = ()
    message: MessageView | None = None
    hints: tuple[KeyHint, ...] = ()
    toast: ToastView | None = None
    training: tuple[str, str] = ("", "")

    @property
    def is_training(self) -> bool:
        """Whether the bar is violet."""
        return bool(self.training[0])
