"""What of a person stands on a screen or a slip (law 14)."""

from __future__ import annotations

import unicodedata

from pos_app.domain.member.phone import Phone

HIDDEN = "*"
#: At least so many digits of a phone number stay hidden, and at most so many of
#: its beginning and its end are shown.
LEAST_HIDDEN, HEAD_DIGITS, TAIL_DIGITS = 4, 3, 4
#: A Latin name does not tell by its stars how long it is.
_WORD_STARS = HIDDEN * 3
_LONGEST_SHOWN_NAME = 6
#: Scripts in which one character is a syllable and names have no blanks.
_SYLLABIC = ("CJK ", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC")


def mask_phone(phone: Phone, home_code: int = 86) -> str:
    """Return "138****6217"; a number of another country with its code before it.

    Args:
        phone: the number.
        home_code: country code of the shop's own country.
    """
    digits = phone.at_home if phone.country_code == home_code else phone.national
    shown = mask_digits(digits)
    if phone.country_code == home_code:
        return shown
    return f"+{phone.country_code} {shown}"


def mask_digits(digits: str) -> str:
    """Hide the middle of digits; four at least, or half of what is shorter."""
    tail = min(TAIL_DIGITS, len(digits) // 2)
    head = max(0, min(HEAD_DIGITS, len(digits) - tail - LEAST_HIDDEN))
    hidden = len(digits) - head - tail
    return digits[:head] + HIDDEN * hidden + digits[len(digits) - tail :]


def mask_name(name: str) -> str:
    """Return 林*怡, 林*, 欧**娜, or J*** S***, by the script it is written in.

    A name of two characters shows the first, a longer one the first and the last;
    of every other script each word shows its first letter.
    """
    signs = _letters(name)
    if not signs:
        return ""
    if any(map(_is_syllabic, signs)):
        return _mask_syllables("".join(signs.split()))
    words = signs.split()
    return " ".join(word[0] + _WORD_STARS for word in words[:3] if len(word) > 1) or (
        _WORD_STARS
    )


def greeted_name(masked: str) -> str:
    """Return 林** of a masked name: on a screen that the whole queue can read.

    Names that are not written in syllables show no more than their letters anyway.
    """
    if masked and _is_syllabic(masked[0]):
        return masked[0] + HIDDEN * 2
    return masked


def mask_code(code: str) -> str:
    """Hide a card's code but for its last four signs, or less of a short one."""
    shown = min(4, len(code) // 4)
    return HIDDEN * 4 + code[len(code) - shown :]


def _mask_syllables(signs: str) -> str:
    if len(signs) == 1:
        return HIDDEN
    if len(signs) == 2:
        return signs[0] + HIDDEN
    stars = min(len(signs), _LONGEST_SHOWN_NAME) - 2
    return signs[0] + HIDDEN * stars + signs[-1]


def _letters(name: str) -> str:
    """Return the name without accents that stand alone, marks and control signs."""
    plain = unicodedata.normalize("NFC", name)
    return "".join(
        " " if sign.isspace() else sign
        for sign in plain
        if sign.isspace() or unicodedata.category(sign)[0] not in "MC"
    ).strip()


def _is_syllabic(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(_SYLLABIC)
