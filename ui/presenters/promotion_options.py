"""The keys below the sentence of a promotion: what each sets, and how it is set."""

from __future__ import annotations

from pos_app.documents.promotion_terms import where_words
from pos_app.domain.promotion.deal import SpendDeal, TierDeal
from pos_app.domain.promotion.promotion import Promotion
from pos_app.i18n import _
from ui.presenters.promotion_card_words import (
    TOGETHER,
    amount_words,
    count_words,
    return_words,
    title_of,
    trigger_words,
)
from ui.presenters.promotion_cards import together_key
from ui.presenters.promotion_names import role_names, speech_for
from ui.presenters.promotions_state import OptionView
from ui.presenters.workplace import Workplace


def options_of(
    draft: Promotion, work: Workplace, *, has_where: bool
) -> tuple[OptionView, ...]:
    """Return the keys.

    Args:
        draft: the promotion.
        work: the till's services.
        has_where: whether it says, or said, where it holds; one shop has no such key.
    """
    speech = speech_for(work)
    found = [
        ("name", draft.name or _("called by its sentence")),
        ("trigger", trigger_words(draft.trigger, role_names(work))),
        ("together", _(TOGETHER[together_key(draft)])),
        ("returns", return_words(draft.return_basis)),
        ("funding", _("Supplier {share}", share=draft.supplier_share)),
        ("priority", _("priority {number}", number=draft.priority)),
    ]
    if has_where:
        where = where_words(speech, draft.stores, draft.channels)
        found.append(("where", where or _("everywhere")))
    if isinstance(draft.deal, SpendDeal):
        most = draft.deal.most_minor
        limit = speech.money(most) if most is not None else _("no limit")
        found.append(("most", limit))
        found.append(("qualifies", amount_words(draft.deal.qualifies.value)))
    if isinstance(draft.deal, TierDeal):
        found.append(("counts", count_words(draft.deal.counts.value)))
    return tuple(OptionView(key, title_of(key), words) for key, words in found)
