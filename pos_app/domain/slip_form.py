"""What the shop decides about its slips: switches, words, templates, its logo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pos_app.values.times import Timestamp

Names = tuple[tuple[str, str], ...]


class SlipKind(StrEnum):
    """The papers that a shop may write a template for."""

    RECEIPT = "receipt"
    GIFT = "gift"
    PARKED = "parked"
    X_REPORT = "x_report"
    Z_REPORT = "z_report"
    REPORT = "report"  # the report of a day or of several


@dataclass(frozen=True, slots=True)
class SlipStyle:
    """The switches of the slips; they count with a template and without one.

    Attributes:
        logo, address, phone, tax_number: in the head, where the shop has one.
        line_discounts: below each line what came off it.
        item_numbers: the article number before the name.
        saved: what the customer saved, below the total.
        barcode, qr: of the number, at the foot.
        footers: words at the foot, by language tag; where a language has none the
            shop's own footer stands there.
        gift_words: words at the foot of a gift receipt, by language tag.
    """

    logo: bool = True
    address: bool = True
    phone: bool = True
    tax_number: bool = True
    line_discounts: bool = True
    item_numbers: bool = False
    saved: bool = False
    barcode: bool = True
    qr: bool = True
    footers: Names = ()
    gift_words: Names = ()

    def footer_in(self, language: str, otherwise: str) -> str:
        """Return the words at the foot of a slip in a language."""
        return dict(self.footers).get(language) or otherwise

    def gift_words_in(self, language: str) -> str:
        """Return the words at the foot of a gift receipt; "" for none."""
        return dict(self.gift_words).get(language, "")

    def switched(self, key: str, *, is_on: bool) -> SlipStyle:
        """Return the style with a switch on or off."""
        assert isinstance(getattr(self, key), bool), key
        changes: dict[str, Any] = {key: is_on}
        return replace(self, **changes)

    def with_words(self, field: str, language: str, words: str) -> SlipStyle:
        """Return the style with other words in one language; "" takes them away.

        Args:
            field: "footers" or "gift_words".
            language: tag.
            words: several lines may be.
        """
        assert field in ("footers", "gift_words")
        is_footer = field == "footers"
        present = self.footers if is_footer else self.gift_words
        others = tuple(pair for pair in present if pair[0] != language)
        fresh = tuple(sorted((*others, (language, words)) if words else others))
        if is_footer:
            return replace(self, footers=fresh)
        return replace(self, gift_words=fresh)


@dataclass(frozen=True, slots=True)
class StoredTemplate:
    """One version of a template; versions are kept for good.

    Attributes:
        kind: a `SlipKind`, or "style" for the switches as JSON.
        version: from 1, without a gap.
        text: what was written; "" is the built-in layout.
        made_at: when. made_by: staff id.
    """

    kind: str
    version: int
    text: str
    made_at: Timestamp
    made_by: str


@dataclass(frozen=True, slots=True)
class ShopLogo:
    """The shop's logo: as it was chosen, and ready for each width of paper.

    Attributes:
        version: from 1; versions are kept.
        original: PNG, made small enough to keep; b"" where there is no logo.
        dithering: how it was made black and white.
        prints: PNG of one bit a dot by paper in mm.
    """

    version: int
    original: bytes
    dithering: str
    prints: tuple[tuple[int, bytes], ...]

    def print_for(self, paper_mm: int) -> bytes | None:
        """Return what is printed on a width of paper; None for no logo."""
        return dict(self.prints).get(paper_mm) or None


#: The kind under which the switches are stored.
STYLE = "style"
