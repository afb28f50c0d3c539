"""What is being typed on the pad: pure, so that every key is a table row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.presenters.pad_key import PadKey

LENGTH_LIMIT = 40
PREFIX_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A pad entry.

    Attributes:
        prefix: the number before ×; "" for none.
        text: what follows.
        takes_times: whether × makes a prefix here (the sale screen).
    """

    prefix: str = ""
    text: str = ""
    takes_times: bool = True

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been typed."""
        return not self.prefix and not self.text

    @property
    def shown(self) -> str:
        """Return the entry as the line shows it: "3 ×", "3 × 6901"."""
        if not self.prefix:
            return self.text
        return f"{self.prefix} × {self.text}".rstrip()

    def press(self, key: PadKey) -> Entry:  # noqa: PLR0911 - a case for each key
        """Return the entry after a key; Enter and ALL belong to the presenter."""
        match key:
            case PadKey.CLEAR:
                return replace(self, prefix="", text="")
            case PadKey.BACKSPACE:
                return self._shorter()
            case PadKey.TIMES:
                return self._as_prefix()
            case PadKey.POINT:
                return (
                    self
                    if "." in self.text
                    else self._longer("." if self.text else "0.")
                )
            case PadKey.ENTER | PadKey.ALL:
                return self
        return self._longer(key.value)

    def type(self, letter: str) -> Entry:
        """Return the entry after a letter, where codes have letters."""
        return self._longer(letter)

    def _shorter(self) -> Entry:
        if self.text:
            return replace(self, text=self.text[:-1])
        return replace(self, prefix="", text=self.prefix)

    def _as_prefix(self) -> Entry:
        digits = self.text.isdecimal() and len(self.text) <= PREFIX_DIGITS
        if not self.takes_times or self.prefix or not digits or int(self.text) == 0:
            return self
        return replace(self, prefix=str(int(self.text)), text="")

    def _longer(self, more: str) -> Entry:
        if len(self.text) + len(more) > LENGTH_LIMIT:
            return self
        return replace(self, text=self.text + more)
