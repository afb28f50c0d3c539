"""What the weighing card shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.frame_state import Tone


@dataclass(frozen=True, slots=True)
class TareKey:
    """A key that takes a container off.

    Attributes:
        key: grams as digits, "load" for what lies there, "zero" for the scale's zero.
        words: on the key. is_chosen: this is what is taken off now.
    """

    key: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class WeighingView:
    """Everything on the card.

    Attributes:
        title: the goods. price: of one unit, written.
        weight: written, without its unit; "–" while nothing stands still.
        unit: of the weight. total: written, "" while there is none.
        said: what the scale says and what to do now. tone: how loud.
        tare: what is taken off, written; "" for nothing. tares: the keys.
        take: words of the key that takes it. can_take: whether it may be pressed.
    """

    title: str = ""
    price: str = ""
    weight: str = "–"
    unit: str = ""
    total: str = ""
    said: str = ""
    tone: Tone = Tone.PLAIN
    tare: str = ""
    tares: tuple[TareKey, ...] = ()
    take: str = ""
    can_take: bool = False
