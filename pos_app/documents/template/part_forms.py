"""Papers made of ready-made parts: parked slips, X, Z, and reports.

A template of theirs puts the parts in its own order and its own words between them.
What a book or a return depends on cannot be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.documents.layout import Block
from pos_app.documents.template.fields import (
    Duty,
    Field,
    FormFields,
    Group,
    Section,
    SlipFacts,
    frozen,
)
from pos_app.documents.template.receipt_form import SHOP_FIELDS
from pos_app.documents.template.shop_facts import shop_facts
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind, SlipStyle
from pos_app.i18n import N_, Words

_PART_WORDS = {
    "heading": N_("Logo and shop"),
    "copy": N_("The mark of a copy"),
    "title": N_("What the paper is"),
    "identity": N_("Number, till, people, times"),
    "lines": N_("The goods"),
    "total": N_("The total so far"),
    "notice": N_("That this is no receipt"),
    "code": N_("The barcode that brings the sale back"),
    "sales": N_("Sales, returns, discounts"),
    "taxes": N_("Tax by rate"),
    "tenders": N_("Tenders"),
    "cash": N_("Cash drawer"),
    "drawer": N_("Counted, difference, float"),
    "exceptions": N_("Voids, no-sales, reprints"),
    "corrections": N_("Tenders corrected"),
    "numbers": N_("First and last ticket"),
    "parked": N_("Parked sales carried over"),
    "figures": N_("Figures of the period"),
    "payments": N_("Payments"),
    "promotions": N_("Promotions: uses, savings, who bears them"),
    "members": N_("Members, points, coupons, stored value"),
    "ending": N_("The end of the paper"),
}


@dataclass(frozen=True, slots=True)
class PartForm:
    """A kind of paper made of parts.

    Attributes:
        parts: in the order of the built-in paper. required: what no template may
            leave out.
    """

    parts: tuple[str, ...]
    required: frozenset[str]

    @property
    def fields(self) -> FormFields:
        """What a template may name."""
        root = Group(
            {
                "shop": SHOP_FIELDS,
                "number": Field(N_("Number of the paper; empty where it has none")),
                "printed_at": Field(N_("Date and time")),
                "language": Field(N_("Language of the slip: zh-CN, zh-TW or en")),
            }
        )
        return FormFields(1, root, {key: _PART_WORDS[key] for key in self.parts})

    @property
    def template(self) -> str:
        """The built-in paper, written as a template."""
        return "".join(f"{{section:{key}}}\n" for key in self.parts) + "=\n"


_X = "heading title identity sales taxes tenders cash exceptions numbers ending"
_Z = (
    "heading copy title identity sales taxes tenders cash drawer exceptions "
    "corrections numbers parked ending"
)
_REPORT = "heading title identity figures payments taxes promotions members ending"
PART_FORMS: Mapping[SlipKind, PartForm] = {
    SlipKind.PARKED: PartForm(
        ("heading", "title", "identity", "lines", "total", "notice", "code"),
        frozenset({"title", "notice", "code"}),
    ),
    SlipKind.X_REPORT: PartForm(
        tuple(_X.split()), frozenset(_X.split()) - {"heading", "exceptions"}
    ),
    # A Z is a document of the books: everything stays on it.
    SlipKind.Z_REPORT: PartForm(tuple(_Z.split()), frozenset(_Z.split())),
    SlipKind.REPORT: PartForm(
        tuple(_REPORT.split()),
        frozenset({"title", "identity", "figures"}),
    ),
}


@dataclass(frozen=True, slots=True)
class PartPaper:
    """One such paper.

    Attributes:
        kind: which. parts: by name, as the built-in paper prints them.
        number: of the document; "" for none. printed_at: as written on it.
    """

    kind: SlipKind
    parts: Mapping[str, tuple[Block, ...]]
    number: str
    printed_at: str


def part_facts(
    paper: PartPaper, shop: Shop, words: Words, logo_png: bytes | None = None
) -> SlipFacts:
    """Return the facts of a paper made of parts.

    Args:
        paper: its parts.
        shop: whose.
        words: in the paper's language.
        logo_png: the shop's logo, for a template without the ready-made head.
    """
    required = PART_FORMS[paper.kind].required
    root = frozen(
        shop=shop_facts(shop, words, SlipStyle()),
        number=paper.number,
        printed_at=paper.printed_at,
        language=words.language,
    )
    sections = {
        key: Section(blocks, frozenset({key})) for key, blocks in paper.parts.items()
    }
    duties = tuple(
        Duty(key, (), blocks, at_top=key in ("copy", "title"))
        for key, blocks in paper.parts.items()
        if key in required and blocks
    )
    return SlipFacts(root, sections, duties, words.language, logo_png)
