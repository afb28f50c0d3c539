"""What the items page of the back office shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.services.item_form import ItemForm


@dataclass(frozen=True, slots=True)
class ItemRowView:
    """An item in the list.

    Attributes:
        key: its id. name, variant: of the goods. code: number, barcode and shelf.
        price: words. is_retired: sold no more. picture: bytes, b"" for none.
    """

    key: str
    name: str
    variant: str = ""
    code: str = ""
    price: str = ""
    is_retired: bool = False
    picture: bytes = b""

    @property
    def words(self) -> str:
        """What assistive tools say."""
        said = (self.name, self.variant, self.code, self.price)
        return ", ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class ItemCardView:
    """The card of one item.

    Attributes:
        form: what stands in the fields. problems: field -> why it was refused.
        is_new, is_retired, is_changed: where it stands.
        has_conflict: somebody else changed it meanwhile.
        category: its words. taxes: (key, words). languages: (tag, words) of further
            names. picture: bytes; b"" for none. facts: rows of what is so.
        family: the variants, this one too. waits_for: the unit whose barcode is
            scanned next; -1 for none. can_delete: it never did anything.
        symbol: of the currency.
    """

    form: ItemForm
    problems: dict[str, str] = field(default_factory=dict)
    is_new: bool = False
    is_retired: bool = False
    is_changed: bool = False
    has_conflict: bool = False
    category: str = ""
    taxes: tuple[tuple[str, str], ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    picture: bytes = b""
    facts: tuple[tuple[str, str], ...] = ()
    family: tuple[ItemRowView, ...] = ()
    waits_for: int = -1
    can_delete: bool = False
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class ItemsState:
    """The page.

    Attributes:
        words: of the search. standing: "all", "on_sale", "retired".
        category: words of the chosen shelf. rows: of the pages so far.
        has_more: whether there are further ones. chosen: the open item's id.
        card: None while nothing is open. is_working: something is being stored.
        is_locked: a second person must agree to each change.
    """

    words: str = ""
    standing: str = "all"
    category: str = ""
    rows: tuple[ItemRowView, ...] = ()
    has_more: bool = False
    chosen: str = ""
    card: ItemCardView | None = None
    is_working: bool = False
    is_locked: bool = False
