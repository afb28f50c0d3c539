"""How often promotions were used, as limits and lists ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.promotion.occasion import Used
from pos_app.domain.promotion.promotion import Limits
from pos_app.values.times import BusinessDay


@dataclass(frozen=True, slots=True)
class UsedInAll:
    """What a promotion, in all its versions, was used for so far.

    Attributes:
        times: uses, less those that a mirrored sale gave back.
        saving_minor: what customers saved by them, minor units.
    """

    times: int = 0
    saving_minor: int = 0


class PromotionUseReader(Protocol):
    """The uses of promotions, as committed."""

    def used(
        self, limited: Mapping[str, Limits], day: BusinessDay, member_id: str
    ) -> Mapping[str, Used]:
        """Return how often promotions were used before, within their limits' whiles.

        Fast enough for each new basket: a few rows for each promotion, however long
        the shop has been open.

        Args:
            limited: by promotion id; those without any limit need not be asked.
            day: the business day that a new sale would belong to.
            member_id: of who buys, all ids of the person counted; "" for somebody
                unknown.
        """
        ...

    def in_all(self) -> Mapping[str, UsedInAll]:
        """Return what every promotion was used for so far, by its id."""
        ...
