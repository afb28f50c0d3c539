"""Rules of the shop in the back office: taxes, tenders, reasons."""

from __future__ import annotations

from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.office_form import FormPart
from ui.presenters.reason_book import ReasonBook
from ui.presenters.tax_book import TaxBook
from ui.presenters.tender_book import TenderBook


class ShopRulesPart(FormPart):
    """What the shop charges, takes and asks."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.take_books(TaxBook(self), TenderBook(self), ReasonBook(self))
