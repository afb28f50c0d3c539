"""Names offers at the counter, and the goods that they are for."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_words import deal_sentence
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.promotion.matching import selectors_of
from pos_app.domain.promotion.promotion import Promotion
from pos_app.i18n import Words, _, current_language
from pos_app.services.offer_choice import Choosable
from ui.format import amount
from ui.presenters.promotion_names import GoodsNames
from ui.presenters.why_facts import Explained
from ui.presenters.why_offers import nearly_view
from ui.presenters.why_price import goods_of
from ui.presenters.why_price_state import NearlyView
from ui.presenters.workplace import Workplace


@dataclass(frozen=True, slots=True)
class OfferGoods:
    """Which goods an offer is for.

    Attributes:
        words: a sentence. tab: key of the category whose tiles show them; "" for none.
    """

    words: str
    tab: str = ""


class OffersPresenter:
    """Reads the promotions that the open sale is priced with."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    def name(self, promotion_id: str) -> str:
        """Return the name of a promotion in the cashier's language."""
        found = self._promotion(promotion_id)
        return found.name_in(current_language()) if found else "–"

    def choosable(self, found: Choosable) -> str:
        """Write a promotion that may be chosen: its name, and what it saves."""
        name = found.promotion.name_in(current_language())
        words = [f"✓ {name}" if found.is_chosen else name]
        if found.saving_minor:
            words.append(amount(-found.saving_minor, self._work.currency))
        if not found.is_own:
            words.append(_("for other roles"))
        return " · ".join(words)

    def nearly(self, found: Nearly) -> NearlyView:
        """Write what is nearly reached."""
        words, sale = Words(current_language()), self._work.counter.sale
        assert sale.basket is not None
        assert sale.priced is not None
        whole = Explained(sale.basket, sale.priced, sale.rules)
        goods = goods_of(self._work, whole, found, words)
        return nearly_view(found, self._work.currency, words, goods)

    def goods_of(self, promotion_id: str) -> OfferGoods:
        """Say which goods count for a promotion, and where their tiles are."""
        found = self._promotion(promotion_id)
        if found is None:
            return OfferGoods("–")
        desk, language = self._work.counter.desk, current_language()
        names = GoodsNames(desk.catalog, self._work, language)
        speech = Speech(language, self._work.currency, names, self._work.zone)
        ids = [x for s in selectors_of(found.deal) for x in s.include.category_ids]
        return OfferGoods(deal_sentence(found.deal, speech), ids[0] if ids else "")

    def _promotion(self, promotion_id: str) -> Promotion | None:
        promotions = self._work.counter.sale.offers.book.promotions
        return next((x for x in promotions if x.promotion_id == promotion_id), None)
