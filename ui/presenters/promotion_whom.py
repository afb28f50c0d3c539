"""For whom and where a promotion holds: tiers, tags and shops, chosen from lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pos_app.domain.promotion.promotion import (
    NAMED_AUDIENCES,
    Audience,
    AudienceKind,
    Promotion,
)
from pos_app.i18n import N_, _, current_language, plural
from ui.presenters.office_form_state import FieldKind, FieldView, Option
from ui.presenters.promotion_card_words import AUDIENCES
from ui.presenters.workplace import Workplace

#: Before a tier or a tag, in the name of its switch.
ONE_OF = "one_of:"
#: Nobody reads a longer list of tags; others are typed.
_MOST_TAGS = 40
_ON = frozenset({"1", "True"})
#: What a store or a channel is set to.
ANYWHERE, HERE, AS_FILED = "anywhere", "here", "as_filed"
_PLACES = {
    ANYWHERE: N_("In every shop"),
    HERE: N_("Only in this shop"),
    AS_FILED: N_("As its file says"),
}
_CHANNELS = {
    ANYWHERE: N_("In the shop and online"),
    "shop": N_("Only in the shop"),
    "online": N_("Only online"),
    AS_FILED: N_("As its file says"),
}
_JOIN = "\n"


@dataclass(frozen=True, slots=True)
class Whom:
    """Who can be meant.

    Attributes:
        tiers: (key, name) of the programme, the lowest first.
        tags: (tag, how many members carry it); None for a segment's.
    """

    tiers: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, int | None], ...] = ()


def whom_of(work: Workplace) -> Whom:
    """Read the tiers and tags of the shop."""
    ledger, language = work.counter.desk.ledger, current_language()
    tiers = ledger.points.programme().tiers
    own = tuple(ledger.members.tags_used())
    known = {tag.casefold() for tag, _count in own}
    groups = (x for x in work.counter.segments.tags() if x.casefold() not in known)
    tags = (*((tag, None) for tag in groups), *own)
    names = tuple((tier.key, tier.name_in(language)) for tier in tiers)
    return Whom(names, tags[:_MOST_TAGS])


# ------------------------------------------------------------------- what is shown


def audience_fields(
    audience: Audience, texts: Mapping[str, str], whom: Whom
) -> tuple[FieldView, ...]:
    """Return the fields of the card about whom it is for."""
    options = tuple(Option(kind.value, _(words)) for kind, words in AUDIENCES.items())
    fields = [
        FieldView(FieldKind.PICK, "kind", "", audience.kind.value, options=options)
    ]
    if audience.kind is AudienceKind.TIER:
        fields += _tiers(texts, whom)
    if audience.kind is AudienceKind.TAG:
        fields += _tags(texts, whom)
    if audience.kind is AudienceKind.STAFF:
        words = _("For members who are marked as our own staff in their file.")
        fields.append(FieldView(FieldKind.NOTE, "staff", detail=words))
    return tuple(fields)


def _tiers(texts: Mapping[str, str], whom: Whom) -> list[FieldView]:
    names = dict(whom.tiers)
    gone = [x for x in _named(texts) if x not in names]
    fields = [_switch(key, name, "", texts) for key, name in whom.tiers]
    fields += [_switch(key, key, _("no longer a tier"), texts) for key in gone]
    if not fields:
        words = _("There are no tiers yet. They are made under Programme.")
        fields.append(FieldView(FieldKind.NOTE, "no_tiers", detail=words))
    return fields


def _tags(texts: Mapping[str, str], whom: Whom) -> list[FieldView]:
    known = {tag for tag, _count in whom.tags}
    fields = []
    for tag, count in whom.tags:
        told = _("of a segment")
        if count is not None:
            told = plural("{count} member", "{count} members", count)
        fields.append(_switch(tag, tag, told, texts))
    fields += [_switch(x, x, "", texts) for x in _named(texts) if x not in known]
    label = _("Another tag; several with commas between them")
    other = texts.get("other", "")
    return [*fields, FieldView(FieldKind.TEXT, "other", label, other, limit=120)]


def _switch(key: str, name: str, detail: str, texts: Mapping[str, str]) -> FieldView:
    is_on = "1" if texts.get(f"{ONE_OF}{key}") in _ON else ""
    return FieldView(FieldKind.SWITCH, f"{ONE_OF}{key}", name, is_on, detail)


def where_fields(texts: Mapping[str, str]) -> tuple[FieldView, ...]:
    """Return the fields of the card about where it holds."""
    places, channels = dict(_PLACES), dict(_CHANNELS)
    if texts.get("stores_filed", "") in {"", texts.get("own", "")}:
        del places[AS_FILED]
    if texts.get("channels_filed", "") in {"", "shop", "online"}:
        del channels[AS_FILED]
    return (
        _pick("place", texts.get("place", ANYWHERE), places),
        _pick("channel", texts.get("channel", ANYWHERE), channels),
    )


def _pick(key: str, value: str, words: Mapping[str, str]) -> FieldView:
    options = tuple(Option(name, _(text)) for name, text in words.items())
    return FieldView(FieldKind.PICK, key, "", value, options=options)


# ------------------------------------------------------------------ what was chosen


def audience_texts(audience: Audience) -> dict[str, str]:
    """Return what stands in the fields of the card about whom."""
    return {f"{ONE_OF}{each}": "1" for each in audience.values}


def read_audience(texts: Mapping[str, str], before: Audience) -> Audience:
    """Return for whom it is, as the fields say it; tiers and tags are two lists."""
    kind = AudienceKind(texts.get("kind", before.kind))
    if kind is not before.kind or kind not in NAMED_AUDIENCES:
        return Audience(kind)
    found = list(_named(texts))
    if kind is AudienceKind.TAG:
        typed = texts.get("other", "").replace("，", ",").replace("、", ",").split(",")
        found += [word.strip() for word in typed if word.strip()]
    return Audience(kind, tuple(dict.fromkeys(found)))


def _named(texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        key.removeprefix(ONE_OF)
        for key, value in texts.items()
        if key.startswith(ONE_OF) and value in _ON
    )


def where_texts(draft: Promotion, own: str) -> dict[str, str]:
    """Return what stands in the fields of the card about where.

    Args:
        draft: the promotion.
        own: id of this shop.
    """
    place = AS_FILED if draft.stores else ANYWHERE
    channel = AS_FILED if draft.channels else ANYWHERE
    if len(draft.channels) == 1 and draft.channels[0] in _CHANNELS:
        channel = draft.channels[0]
    return {
        "place": HERE if draft.stores == (own,) else place,
        "channel": channel,
        "own": own,
        "stores_filed": _JOIN.join(draft.stores),
        "channels_filed": _JOIN.join(draft.channels),
    }


def read_where(draft: Promotion, texts: Mapping[str, str]) -> Promotion:
    """Return the promotion with where it holds, as the fields say it."""
    filed = texts["stores_filed"].split(_JOIN) if texts["stores_filed"] else []
    stores = {ANYWHERE: (), HERE: (texts["own"],)}.get(texts["place"], tuple(filed))
    filed = texts["channels_filed"].split(_JOIN) if texts["channels_filed"] else []
    channel = texts["channel"]
    channels = (channel,) if channel in {"shop", "online"} else tuple(filed)
    if channel == ANYWHERE:
        channels = ()
    return replace(draft, stores=stores, channels=channels)
