"""The real catalogue as training sees it: read, and with two people in it.

Nobody's real PIN is tried in training, so training is no place to guess one: whoever
practises and the practice supervisor both have the PIN that the screen shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace

from sqlalchemy import Engine
from typing_extensions import override

from pos_app.domain.permission import Staff
from pos_app.domain.shop import Shop
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.ports.catalog import Credential


class TrainingReader(CatalogReader):
    """Reads catalog.db through a reader engine; it has no way to write.

    Args:
        engine: of `open_catalog_reader`.
        people: who can sign on or approve.
        pin_hash: of the PIN that all of them have.

    Attributes:
        is_alone: whether a card is being set up, which nobody approves.
    """

    def __init__(self, engine: Engine, people: Sequence[Staff], pin_hash: str) -> None:
        super().__init__(engine)
        self._people, self._pin_hash = tuple(people), pin_hash
        self._own_engine = engine
        self.is_alone = False

    @override
    def shop(self) -> Shop:
        """Return the shop; nobody is asked for while a card is being set up."""
        shop = super().shop()
        if not self.is_alone or not shop.policy.four_eyes:
            return shop
        return replace(shop, policy=replace(shop.policy, four_eyes=()))

    @override
    def beside(self) -> AbstractContextManager[CatalogReader]:
        """Open another one for the thread that asks first; closed at the end."""
        return closing(TrainingReader(self._own_engine, self._people, self._pin_hash))

    @override
    def staff(self) -> Sequence[Staff]:
        """Return who is there in training."""
        return self._people

    @override
    def everybody(self) -> Sequence[Staff]:
        """Return who is there in training: no older document names anybody else."""
        return self._people

    @override
    def credential(self, staff_id: str) -> Credential | None:
        """Return what checks the practice PIN."""
        if all(person.staff_id != staff_id for person in self._people):
            return None
        return Credential(staff_id, self._pin_hash, "")

    @override
    def staff_by_badge(self, badge_digest: str) -> Staff | None:
        """Return nobody: badges are of the real till."""
        del badge_digest
        return None
