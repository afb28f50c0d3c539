"""What the member's panel and the panel of coupons show, whole and frozen.

Names and phone numbers come masked; what is typed now is the only number in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.errand_state import KeyView
from ui.presenters.frame_state import Tone
from ui.presenters.ticket_state import MarkView
from ui.presenters.two_line import TwoLineRow


class MemberPage(StrEnum):
    """Which page of the panel is shown."""

    FIND = "find"
    CARD = "card"
    ENROL = "enrol"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure of how a member stands: "3,260" "积分"; one line below may warn."""

    value: str
    label: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class MemberCardView:
    """Who it is.

    Attributes:
        initial, name, phone: masked. marks: tier and birthday.
        about: since when, where from, tags.
        reached: part of the way to the next tier in thousandths; None for no bar.
        next_words: "¥1,240 to 黑金卡".
        needs: what using points asks for; "" where nothing more is needed.
    """

    initial: str
    name: str
    phone: str = ""
    marks: tuple[MarkView, ...] = ()
    about: str = ""
    reached: int | None = None
    next_words: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class CouponView:
    """A coupon that can be used, taken back, got for points, or says why not.

    Attributes:
        key: what its key says. worth: on the left ("−15", "免费").
        title, detail: over each other; the detail says until when, or why not.
        action: words of the key; "" for no key. hint: its key on the keyboard.
        is_used: in the basket now. is_refused: of no use here.
    """

    key: str
    worth: str
    title: str
    detail: str = ""
    action: str = ""
    hint: str = ""
    is_used: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """Goods that the shop's own baskets suggest; a touch lays one in.

    Attributes:
        key: the selling unit. name: of the goods. reason: why. price: written.
    """

    key: str
    name: str
    reason: str
    price: str


class EnrolField(StrEnum):
    """What is typed while somebody becomes a member."""

    PHONE = "phone"
    SOURCE = "source"
    REFERRER = "referrer"
    NAME = "name"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class EnrolView:
    """The form of a new member.

    Attributes:
        values: what is typed, by field. active: where the pad types.
        problems: what is wrong with a field, by field.
        consent_text: what the customer agrees to.
        is_agreed: whether they do. may_write: whether offers may be sent.
        no_profile: whether groups and suggestions by purchases are refused.
        done: the steps behind us, for the mark before each.
    """

    values: dict[EnrolField, str]
    active: EnrolField = EnrolField.PHONE
    problems: dict[EnrolField, str] | None = None
    consent_text: str = ""
    is_agreed: bool = False
    may_write: bool = False
    no_profile: bool = False


@dataclass(frozen=True, slots=True)
class MemberState:
    """Everything the member's panel shows.

    Attributes:
        page: which one. title: of the panel.
        chip: how the member was recognised; "" for nobody. chip_tone: how strongly.
        search: what is in the field. rows: members that were found.
        empty: icon, words and detail of an empty list.
        prove: keys beside the field: the customer types, the PIN.
        card, figures, coupons, suggestions, purchases: of the member.
        coupons_title, suggestions_title, suggestions_note, purchases_title: above.
        keys: below. enrol: the form. history: the moves of the points.
        chosen: key of the row that Enter takes.
    """

    page: MemberPage
    title: str
    chip: str = ""
    chip_tone: Tone = Tone.GOOD
    search: str = ""
    rows: tuple[TwoLineRow, ...] = ()
    chosen: str = ""
    empty: tuple[str, str, str] = ("user-circle", "", "")
    prove: tuple[KeyView, ...] = ()
    card: MemberCardView | None = None
    figures: tuple[FigureView, ...] = ()
    coupons: tuple[CouponView, ...] = ()
    suggestions: tuple[SuggestionView, ...] = ()
    suggestions_note: str = ""
    purchases: tuple[TwoLineRow, ...] = ()
    keys: tuple[KeyView, ...] = ()
    enrol: EnrolView | None = None
    history: tuple[TwoLineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CouponsState:
    """Everything the panel of coupons shows.

    Attributes:
        title, note: of the panel. coupons: usable first, then those that are not.
        best: words of the key that uses the best combination; "" for no key.
        best_detail: which they are and what they save. best_saving: only the latter,
            for a narrow key. empty: words and detail where there are none.
    """

    title: str
    note: str = ""
    coupons: tuple[CouponView, ...] = ()
    best: str = ""
    best_detail: str = ""
    best_saving: str = ""
    empty: tuple[str, str] = ("", "")
