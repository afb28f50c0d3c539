"""What could be meant otherwise in a promotion, in words: rivals, cost, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_words import deal_sentence
from pos_app.domain.promotion.doubts import Doubt
from pos_app.i18n import N_, _, current_language, plural
from pos_app.services.promotion_below_cost import BelowCost
from pos_app.services.promotion_rivals import Outcome, Rival
from pos_app.services.promotion_sample import Sample
from ui.format import money
from ui.messages import fill
from ui.presenters.price_words import moment_text
from ui.presenters.unit_name import unit_name

_WORST = 3
_DOUBTS = {
    "promotion_doubt_never_ends": N_(
        "It never ends: somebody has to remember to stop it."
    ),
    "promotion_doubt_nobody": N_(
        "Nobody belongs to those it is for yet; it would apply to nobody."
    ),
    "promotion_doubt_elsewhere": N_(
        "It is for other places; at this till it never applies."
    ),
    "promotion_doubt_no_coupons": N_("No coupon unlocks it; it would never apply."),
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
        yield _cost_words(one, speech)
    rest = len(found) - _WORST
    if rest > 0:
        yield plural(
            "{count} more goods are below cost.",
            "{count} more goods are below cost.",
            rest,
        )


def _cost_words(one: BelowCost, speech: Speech) -> str:
    """Say what is sold below cost, and what has its part in it."""
    between = speech.plain("goods.join")
    said = {
        "name": unit_name(one.unit),
        "price": money(one.net_minor, speech.currency),
        "cost": money(one.cost_minor, speech.currency),
    }
    if one.beside:
        said["beside"] = between.join(unit_name(each) for each in one.beside)
        return _(
            "Below cost: {name} with {beside} brings {price} without tax"
            " and costs {cost}.",
            **said,
        )
    names = [x.name_in(current_language()) for x in one.others]
    names += [_("the price for members")] if one.has_level else []
    if names:
        said["others"] = between.join(dict.fromkeys(names))
        return _(
            "Below cost together with {others}: {name} brings {price} without tax"
            " and costs {cost}.",
            **said,
        )
    return _("Below cost: {name} brings {price} without tax and costs {cost}.", **said)


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
