"""Promotions as the catalogue keeps them: versions, and runs of versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import Selector
from pos_app.values.times import Period, Timestamp

#: Settings of a restored catalogue: the least number of a version that is made from
#: now on, and when it was restored (ms).
VERSIONS_FROM = "promotion_versions_from"
RESTORED_AT = "promotions_restored_at"


@dataclass(frozen=True, slots=True)
class PromotionVersion:
    """One version of a promotion; it never changes once it has a run.

    Attributes:
        promotion_id, version: which.
        kind: of the deal, as text: a newer program may know more kinds.
        name: in the shop's language.
        text: the whole promotion as JSON (domain.promotion_plain).
        promotion: the same, read; None for one that is not known here.
        made_at, made_by: when, and by whom (staff id).
    """

    promotion_id: str
    version: int
    kind: str
    name: str
    text: str
    promotion: Promotion | None
    made_at: Timestamp
    made_by: str


@dataclass(frozen=True, slots=True)
class PromotionRun:
    """From when until when a version holds.

    Attributes:
        run_id: UUIDv7. promotion_id, version: of what.
        period: half-open; one that ends as it begins was taken back before.
        started_by, started_approved_by: staff ids; "" for nobody.
        stopped_by, stopped_approved_by: who ended it, or said when it ends.
        made_at: when it was decided.
    """

    run_id: str
    promotion_id: str
    version: int
    period: Period
    started_by: str
    started_approved_by: str
    made_at: Timestamp
    stopped_by: str = ""
    stopped_approved_by: str = ""

    @property
    def is_taken_back(self) -> bool:
        """Whether it never holds at all."""
        return self.period.end is not None and self.period.end == self.period.start


class PromotionReader(Protocol):
    """What the core and the back office ask about promotions."""

    def promotion_book(self, moment: Timestamp) -> PromotionBook:
        """Return the promotions whose runs cover a moment, prepared for pricing.

        The same book again, at no cost, until the catalogue changes or a run
        begins or ends; the moment may lie in the past (parked sales, replay).
        """
        ...

    def promotion_version(self, promotion_id: str, version: int) -> Promotion | None:
        """Return a version; None for one that is not there or not known here."""
        ...

    def promotion_versions(self, promotion_id: str = "") -> Sequence[PromotionVersion]:
        """Return the versions of one promotion, or of all, the oldest first."""
        ...

    def promotion_runs(self, promotion_id: str = "") -> Sequence[PromotionRun]:
        """Return the runs of one promotion, or of all, by their beginning."""
        ...

    def first_promotion_version(self) -> int:
        """Return the least number of a new version: more than 1 in a restored shop."""
        ...

    def brands(self) -> Sequence[str]:
        """Return the brands of items that are sold, in order of the alphabet."""
        ...

    def tags(self) -> Sequence[str]:
        """Return the tags of items that are sold, in order of the alphabet."""
        ...

    def units_of(
        self, selector: Selector, moment: Timestamp, limit: int
    ) -> Sequence[SellingUnit]:
        """Return goods of a selector that are sold, best sellers first."""
        ...

    def unit_costs(self, unit_ids: Sequence[str]) -> Mapping[str, int]:
        """Return what one unit costs the shop, minor units; where it is known."""
        ...


class PromotionEditor(Protocol):
    """Promotions within one transaction of the catalogue."""

    def promotion_versions(self, promotion_id: str = "") -> Sequence[PromotionVersion]:
        """Return the versions of one promotion, or of all, the oldest first."""
        ...

    def promotion_runs(self, promotion_id: str = "") -> Sequence[PromotionRun]:
        """Return the runs of one promotion, or of all, by their beginning."""
        ...

    def first_promotion_version(self) -> int:
        """Return the least number of a new version: more than 1 in a restored shop."""
        ...

    def put_promotion_version(self, version: PromotionVersion) -> None:
        """Add a version, or write another draft in its place; one with a run stays.

        Raises:
            StorageError: "database_failed" for a version that was ever started.
        """
        ...

    def drop_promotion_version(self, promotion_id: str, version: int) -> None:
        """Forget a draft that never had a run, and a promotion without any version."""
        ...

    def put_promotion_run(self, run: PromotionRun) -> None:
        """Add a run, or let the one of this identity end earlier."""
        ...
