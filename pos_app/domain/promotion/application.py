"""What promotions did to a basket: stored with the sale, replayed by hand (law 7)."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.promotion.deal import DealKind, Off
from pos_app.domain.promotion.promotion import Layer, ReturnBasis
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import Run


@dataclass(frozen=True, slots=True)
class Claim:
    """Units of one line that belong to an application.

    Attributes:
        line_id: of the basket.
        first: how many units of the line lie before them, in the stored order.
        count: how many units.
        base_minor: what they cost together just before the application.
        savings: what each unit saves, as runs; `count` units in all.
        is_reduced: whether these are what the deal lowers (the second of 第二件半价),
            or only take part; the saving is split over both.
    """

    line_id: str
    first: int
    count: int
    base_minor: int
    savings: tuple[Run, ...]
    is_reduced: bool = True

    @property
    def saving_minor(self) -> int:
        """What all of them save; minor units."""
        return sum(count * each for count, each in self.savings)


@dataclass(frozen=True, slots=True)
class Application:
    """One use of one promotion, or equal uses of it on the same lines.

    Attributes:
        promotion_id, version, kind, layer: which.
        name: as it was then, and `names` in other languages: for slip and screen.
        times: how many uses (see `Limits`) it stands for.
        off: the rule that gave the saving, for the arithmetic shown; None for what
            the kind alone says (n for a price has `Off(price_minor=…)`).
        off_base_minor: the amount that `off` was taken of, all uses together.
        saving_minor: what it saves in all, all uses together.
        claims: the units, in basket order.
        coupon_id: of the coupon that was used; "" for none.
        points: given for it; 0 for none.
        supplier_share, return_basis: as the promotion said.
    """

    promotion_id: str
    version: int
    kind: DealKind | None
    layer: Layer
    name: str
    times: int
    off: Off | None
    off_base_minor: int
    saving_minor: int
    claims: tuple[Claim, ...]
    names: tuple[tuple[str, str], ...] = ()
    coupon_id: str = ""
    points: int = 0
    supplier_share: Percentage = Percentage(0)  # noqa: RUF009 - frozen value
    return_basis: ReturnBasis = ReturnBasis.PRORATED

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)

    def check(self) -> None:
        """Assert that the units' savings are its saving, and none costs less than 0."""
        assert self.saving_minor == sum(claim.saving_minor for claim in self.claims)
        for claim in self.claims:
            assert claim.count == sum(count for count, _ in claim.savings)
            assert all(each >= 0 for _, each in claim.savings)
            assert claim.saving_minor <= claim.base_minor


@dataclass(frozen=True, slots=True)
class Promoted:
    """What all promotions did to a basket.

    Attributes:
        applications: in the order taken: by layer, then as they were applied.
        is_optimal: whether no better choice of item deals exists, nor of units for
            a coupon; False where the node budget was spent and the best found so far
            holds.
        nodes: of the search.
        book_version: digest of the promotions that were looked at.
    """

    applications: tuple[Application, ...] = ()
    is_optimal: bool = True
    nodes: int = 0
    book_version: str = ""

    @property
    def saving_minor(self) -> int:
        """What they save in all."""
        return sum(one.saving_minor for one in self.applications)


NOT_PROMOTED = Promoted()
