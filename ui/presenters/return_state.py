"""What the return panel shows, whole and frozen (picture 07)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReturnPage(StrEnum):
    """Where one is: finding the receipt, on it, or without one."""

    FIND = "find"
    RECEIPT = "receipt"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt in the list that was looked for.

    Attributes:
        key: id of the sale. number: "02-A-000147". total: what it came to.
        detail: "19:05 · 王磊 · 微信支付". note: what came of it ("冲销"); or "".
    """

    key: str
    number: str
    detail: str
    total: str
    note: str = ""

    @property
    def words(self) -> str:
        """Everything it says, for assistive tools."""
        return f"{self.number} {self.detail} {self.note} {self.total}"


@dataclass(frozen=True, slots=True)
class FindView:
    """The list of receipts.

    Attributes:
        heading: what is listed ("今天", "卡尾 8821"). rows: newest first.
        is_day: whether a whole day is listed, so that one can go on by days.
        can_go_on: whether there is a day after it.
        is_locked: taking goods back without a receipt needs somebody.
    """

    heading: str
    rows: tuple[ReceiptRow, ...] = ()
    is_day: bool = True
    can_go_on: bool = False
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A sold line that goods may come back from.

    Attributes:
        key: its position, or the id of the goods without a receipt.
        name, variant: of the goods. detail: "售 2 · 每件 3.44 · 已退 1".
        count: how much comes back now ("1", "0.382 kg").
        is_here: some of it comes back in this ticket. is_chosen: the chosen one.
        can_less, can_more: whether − and + do anything.
        chip: in the place of − n + ("不可退", "已退完"); "" for the keys.
        warning: amber, in the place of `detail` ("挂单 #3 里也有"); or "".
    """

    key: str
    name: str
    variant: str = ""
    detail: str = ""
    count: str = "0"
    is_here: bool = False
    is_chosen: bool = False
    can_less: bool = False
    can_more: bool = True
    chip: str = ""
    warning: str = ""

    @property
    def words(self) -> str:
        """Everything it says, for assistive tools."""
        told = (self.name, self.variant, self.detail, self.warning, self.chip)
        return " ".join(x for x in (*told, self.count) if x)


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why the chosen goods come back, and where they go.

    Attributes:
        title: "原因 · 棉袜". reasons: (key, words). reason: the chosen key or "".
        is_sellable: back to stock, or to the damaged bin; None before it is known.
    """

    title: str
    reasons: tuple[tuple[str, str], ...]
    reason: str = ""
    is_sellable: bool | None = None


@dataclass(frozen=True, slots=True)
class ReturnState:
    """The panel.

    Attributes:
        page: which one. title: in its head. below: under the title.
        find: of the list. rows: of the receipt, or the goods without one.
        reasons: for the chosen line; None where there is none.
        can_take_all: whether anything of the receipt is left to take.
        can_reverse: whether the whole sale can be mirrored.
        is_reverse_locked: somebody must agree to that.
        invitation: what the page without a receipt says while it waits.
        kept_title, kept_words: what promotions keep back, and why; "" for nothing.
    """

    page: ReturnPage
    title: str
    below: str = ""
    find: FindView | None = None
    rows: tuple[ReturnRow, ...] = ()
    reasons: ReasonView | None = None
    can_take_all: bool = False
    can_reverse: bool = False
    is_reverse_locked: bool = False
    invitation: str = ""
    kept_title: str = ""
    kept_words: str = ""
