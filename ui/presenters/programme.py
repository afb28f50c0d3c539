"""The members' programme in the back office: rules, tiers, what is looked at."""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.programme import ProgrammeChange
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.ledger_form import LedgerFormPart
from ui.presenters.limit_book import LimitBook
from ui.presenters.multiplier_book import GOODS, ITEM, MultiplierBook, MultiplierForm
from ui.presenters.programme_book import ProgrammeBook
from ui.presenters.tier_book import TierBook


class ProgrammePart(LedgerFormPart):
    """What members earn, use, and become; each save is a version of all rules.

    Beside them stand the limits from which on the reports look at somebody.
    """

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.levels: tuple[str, ...] = ()
        self.take_books(
            ProgrammeBook(self), MultiplierBook(self), TierBook(self), LimitBook(self)
        )

    @override
    def begin(self, subject: str = "") -> None:
        self.levels = tuple(self.work.counter.desk.catalog.listing.price_levels())
        super().begin(subject)

    @override
    def takes_scan(self, code: str) -> bool:
        """Make the multiplier on show one for the goods that were scanned."""
        if not isinstance(self._draft, MultiplierForm):
            return False
        return self.takes_goods(
            code, lambda unit: self.on_edited(GOODS, ITEM + unit.item_id)
        )

    @override
    def _store(self, change: CatalogChange, then: Callable[[], None]) -> None:
        """Store a version in the ledger, behind the screen."""
        assert isinstance(change, ProgrammeChange)
        self.is_working = True
        self.changed.emit()
        service = self.work.counter.programme

        def on_stored(_was_different: bool) -> None:
            self.is_working = False
            then()
            self.changed.emit()

        task = self.place.runner.run(lambda: service.store(change))
        task.then(on_stored)
        task.otherwise(self.on_refused).after_bug(self.on_stopped)
