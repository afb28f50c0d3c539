"""What could be meant otherwise in a promotion, in words: rivals, cost, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_words import deal_sentence
from pos_app.domain.promotion.doubts import Doubt
from pos_app.i18n import N_, _, current_language, plural
from pos_app.services.promotion_rivals import BelowCost, Outcome, Rival
from pos_app.services.promotion_sample import Sample
from ui.format import money
from ui.messages import fill
from ui.presenters.label_list import unit_name
from ui.presenters.price_words import moment_text

_WORST = 3
_DOUBTS = {
    "promotion_doubt_never_ends": N_(
        "It never ends: somebody has to remember to stop it."
    ),
    "promotion_doubt_nobody": N_(
        "This till does not know such customers yet; it would apply to nobody."
    ),
    "promotion_doubt_no_coupons": N_(
        "Coupons cannot be shown here yet; it would never apply."
    ),
    "promotion_doubt_member_limit": N_(
        "The limit of each member holds for known members only."
    ),
    "promotion_doubt_exclusive": N_(
        "“{name}” is for some of the same goods, and one of them stands alone."
    ),
    "promotion_doubt_no_goods": N_("No goods of the shop belong to it now."),
    "promotion_doubt_saves_nothing": N_("It saves nothing on {name}."),
    "promotion_doubt_free": N_("{name} would cost nothing."),
    "promotion_doubt_below_cost": N_("{name} would cost {price}, below its {cost}."),
}
#: Told with their goods, from the sample itself.
_TOLD = frozenset({"promotion_doubt_below_cost"})


def doubt_words(doubts: Iterable[Doubt], currency: str) -> tuple[str, ...]:
    """Return the doubts in words."""
    return tuple(
        fill(_DOUBTS[one.key], _shown(one, currency))
        for one in doubts
        if one.key in _DOUBTS and one.key not in _TOLD
    )


def _shown(doubt: Doubt, currency: str) -> dict[str, str]:
    shown = {}
    for key, value in doubt.params.items():
        if key.endswith("_minor"):
            shown[key.removesuffix("_minor")] = money(int(value), currency)
        else:
            shown[key] = str(value)
    return shown


def sample_notes(sample: Sample, speech: Speech) -> Iterator[str]:
    """Yield what the sample says of rivals and cost, and when it was tried."""
    if not sample.is_held:
        yield _("It does not hold at any time of the next eight days.")
    yield from _cost_notes(sample.below_cost, speech)
    for rival in sample.rivals:
        yield _rival_words(rival, speech)


def tried_words(sample: Sample, speech: Speech) -> str:
    """Say when the basket was priced."""
    return _("as on {moment}", moment=moment_text(sample.at, speech.zone))


def _cost_notes(found: tuple[BelowCost, ...], speech: Speech) -> Iterator[str]:
    for one in found[:_WORST]:
        yield _(
            "Below cost: {name} sells for {price} and costs {cost}.",
            name=unit_name(one.unit),
            price=money(one.paid_minor, speech.currency),
            cost=money(one.cost_minor, speech.currency),
        )
    rest = len(found) - _WORST
    if rest > 0:
        yield plural(
            "{count} more goods are below cost.",
            "{count} more goods are below cost.",
            rest,
        )


def _rival_words(rival: Rival, speech: Speech) -> str:
    other = rival.promotion
    name = other.name_in(current_language()) or deal_sentence(other.deal, speech)
    goods = unit_name(rival.shared[0]) if rival.shared else ""
    words = {
        Outcome.THIS: _(
            "“{name}” is for the same goods ({goods}); here this one saves more.",
            name=name,
            goods=goods,
        ),
        Outcome.OTHER: _(
            "“{name}” is for the same goods ({goods}) and wins here.",
            name=name,
            goods=goods,
        ),
        Outcome.EACH: _(
            "“{name}” is for the same goods ({goods}); each is used for some pieces.",
            name=name,
            goods=goods,
        ),
        Outcome.BOTH: _(
            "“{name}” comes off the same goods ({goods}) as well.",
            name=name,
            goods=goods,
        ),
        Outcome.NEITHER: _(
            "“{name}” is for the same goods ({goods}); not reached in this basket.",
            name=name,
            goods=goods,
        ),
    }
    return words[rival.outcome]
