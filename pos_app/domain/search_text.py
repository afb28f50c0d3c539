"""Words under which an item is found, and the terms that a person typed.

Chinese has no blanks: a name is cut into overlapping pairs (可口 口可 可乐) and
its last character, so that one character is the beginning of some word and two
are a word. Pinyin is filed from every syllable on, whole (kekoukele, koukele …)
and as initials (kkkl, kkl …), so that a beginning of any of them finds the item.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

#: Names of more Chinese characters than this get pinyin for the first ones.
PINYIN_CHARACTERS = 16
#: A name with several characters of two readings gets this many spellings.
SPELLINGS_LIMIT = 8
#: What is typed beyond this many terms narrows nothing.
TERMS_LIMIT = 8
TAIL_DIGITS = 4

_ACCENTS = range(0x0300, 0x0370)

#: Returns the toneless readings of one simplified character, commonest first.
Readings = Callable[[str], tuple[str, ...]]
#: Returns text in simplified characters.
Simplify = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was typed.

    Attributes:
        text: folded.
        is_chinese: a run of an unspaced script; else letters and digits.
    """

    text: str
    is_chinese: bool

    @property
    def is_tail(self) -> bool:
        """Tell whether it may be the tail of a barcode."""
        return (
            not self.is_chinese
            and self.text.isascii()
            and self.text.isdecimal()
            and len(self.text) >= TAIL_DIGITS
        )


def fold(text: str, simplify: Simplify) -> str:
    """Return text in the form that is filed and compared.

    Full-width and compatibility forms become plain (NFKC), case goes, accents go
    from Latin letters, traditional characters become simplified.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", plain)
    if any(ord(c) in _ACCENTS for c in apart):
        kept = "".join(c for c in apart if ord(c) not in _ACCENTS)
        plain = unicodedata.normalize("NFC", kept)
    return simplify(plain)


def is_unspaced(char: str) -> bool:
    """Tell whether a character belongs to a script without blanks (Han, kana)."""
    return char >= "\u2e80" and (
        "\u3400" <= char <= "\u9fff"
        or "\u3005" <= char <= "\u30ff"
        or "\uac00" <= char <= "\ud7a3"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def runs(folded: str) -> Iterator[Term]:
    """Cut folded text into runs of one kind; what is no letter separates."""
    for kind, characters in itertools.groupby(folded, _kind):
        if kind:
            yield Term("".join(characters), is_chinese=kind == 2)


def _kind(char: str) -> int:
    if is_unspaced(char):
        return 2
    return 1 if char.isalnum() else 0


def terms(typed: str, simplify: Simplify) -> tuple[Term, ...]:
    """Return what a person typed as terms, each once, in order."""
    found = dict.fromkeys(runs(fold(typed, simplify)))
    return tuple(itertools.islice(found, TERMS_LIMIT))


def chinese_words(run: str) -> list[str]:
    """Return a run's pairs and its last character."""
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return [*pairs, run[-1]]


def latin_words(run: str) -> Iterator[str]:
    """Return a run and its parts after each change between letter and digit."""
    yield run
    for i in range(1, len(run)):
        if run[i].isdecimal() != run[i - 1].isdecimal():
            yield run[i:]


def document_words(texts: Iterable[str], readings: Readings) -> set[str]:
    """Return the words under which an item is filed.

    Args:
        texts: its names, variant, grade, unit and number, all folded.
        readings: of one simplified character.
    """
    words: set[str] = set()
    for text in texts:
        chinese = ""
        for run in runs(text):
            if run.is_chinese:
                words.update(chinese_words(run.text))
                chinese += run.text
            else:
                words.update(latin_words(run.text))
        if chinese:
            words.update(phonetic_words(chinese[:PINYIN_CHARACTERS], readings))
    return words


def phonetic_words(chinese: str, readings: Readings) -> set[str]:
    """Return every spelling of `chinese` from each of its characters on."""
    choices = [found for found in map(readings, chinese) if found]
    words: set[str] = set()
    for spelling in itertools.islice(itertools.product(*choices), SPELLINGS_LIMIT):
        initials = "".join(syllable[0] for syllable in spelling)
        for start, _ in enumerate(spelling):
            words.add(initials[start:])
            words.add("".join(spelling[start:]))
    return words
