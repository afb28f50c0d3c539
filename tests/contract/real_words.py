"""What the words of a chain's promotion say beside its figures: conditions and limits.

The files have no column for a least purchase, a limit, or who pays how; the words do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

#: Half off the second: השני ב-50%, and "two plus one": 2+1.
_SECOND = re.compile(r"(?<![א-ת])ה?שני\s*ב\s*-?\s*(\d{1,3})\s*%")
_ONE_AND_ONE = re.compile(r"(?<![\d+])1\+1(?![\d+])")
_TWO_AND_ONE = re.compile(r"(?<![\d+])(?:2\+1|1\+2)(?![\d+])")
_PER_CENT = re.compile(r"(\d{1,2})\s*%\s*הנחה|הנחה\s*(?:של\s*)?(\d{1,2})\s*%")
#: "4ב10.90" where a chain begins with it; "2קג ב-35", "2 ב 120" anywhere.
_HEAD = re.compile(r"(\d{1,2})ב-?(\d{1,4}(?:\.\d{1,2})?)(?![\d%])")
_TOGETHER = re.compile(
    r"(?<![\d.])(\d)\s*(?:ק\"?ג)?\s*ב\s*-?\s*(\d{1,4}(?:\.\d{1,2})?)"
)
#: Paid by the chain's own card; bought one thing, given another.
_BY_CARD = re.compile(r"אשראי")
_BESIDE = re.compile(r"קנ[הו]\s.*(?:קבל|הוסף)")
#: From 100 spent on: מעל 100; the words end somewhere, at times within the amount.
_ABOVE = re.compile(r"מעל(?!ה)\s*(\d{2,3})?(?!\d)")
#: Up to: מוגבל ל2 מימושים, מוג 4, עד 3 יח, עד3קג.
_LIMITED = re.compile(
    r"(?:מוגבל|(?<![א-ת])מוג(?![א-ת]|\s*\d{3}))\s*(?:מוגבל\s*)?"
    r"(?:ל-?)?\s*(\d{1,2})?\s*(מימוש|מ|יח|י|קג|ק)?"
)
_UP_TO = re.compile(r"ע[דק]\s*(\d{1,2})\s*(יח|קג|ק(?![א-ת]))")
#: A coupon worth so much: 20ש, 10ש"ח, 3 ש ח.
_WORTH = re.compile(r"(?<!\d)(\d{1,4})\s*ש\s*\"?ח?(?![א-ת])")
#: For nothing: made good, a gift, free.
_GIVEN = re.compile(r"פיצוי|מתנה|חינם")
_SEVERAL = re.compile(r"(?<!\d)([2-9])\s*(?:פריטים|יח|מוצרים)")


@dataclass(frozen=True, slots=True)
class UpTo:
    """A limit for one basket: uses of the promotion, units, or neither, as of weight."""

    uses: int = 0
    units: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a promotion say."""

    text: str

    @property
    def is_by_card(self) -> bool:
        """Whether only those get it who pay by the chain's own card."""
        return bool(_BY_CARD.search(self.text))

    @property
    def is_beside(self) -> bool:
        """Whether something else has to be bought, which the file does not name."""
        return bool(_BESIDE.search(self.text))

    @property
    def second_off(self) -> Decimal | None:
        """How many per cent come off the second."""
        found = _SECOND.search(self.text)
        return Decimal(found[1]) if found else None

    @property
    def free_of(self) -> int:
        """Of how many units one is free; 0 for none."""
        if _ONE_AND_ONE.search(self.text):
            return 2
        return 3 if _TWO_AND_ONE.search(self.text) else 0

    @property
    def per_cent(self) -> Decimal | None:
        """How many per cent come off, in so many words."""
        found = _PER_CENT.search(self.text)
        return Decimal(found[1] or found[2]) if found else None

    @property
    def together(self) -> tuple[int, Decimal] | None:
        """So many kilograms or pieces for so much."""
        found = _TOGETHER.search(self.text)
        return (int(found[1]), Decimal(found[2])) if found else None

    @property
    def head(self) -> tuple[int, Decimal] | None:
        """So many pieces for so much, where the words begin with it."""
        found = _HEAD.match(self.text)
        return (int(found[1]), Decimal(found[2])) if found else None

    @property
    def above_minor(self) -> int | None:
        """What has to be spent, minor units; 0 where the amount is cut off."""
        found = _ABOVE.search(self.text)
        return int(found[1] or 0) * 100 if found else None

    @property
    def up_to(self) -> UpTo | None:
        """The limit for one basket."""
        found = _UP_TO.search(self.text) or _LIMITED.search(self.text)
        if found is None:
            return None
        what, count = found[2] or "", int(found[1] or 0)
        if what.startswith("ק"):
            return UpTo()
        if what.startswith("מ"):
            return UpTo(uses=count or 1)
        return UpTo(units=count) if what else UpTo(uses=count)

    @property
    def worth_minor(self) -> int:
        """What a coupon is worth, minor units; 0 where it is not said."""
        found = _WORTH.search(self.text)
        return int(found[1]) * 100 if found else 0

    @property
    def is_given(self) -> bool:
        """Whether all of a coupon's pieces are for nothing."""
        return bool(_GIVEN.search(self.text))

    @property
    def names_several(self) -> bool:
        """Whether a coupon is for several pieces at once."""
        return bool(_SEVERAL.search(self.text))
