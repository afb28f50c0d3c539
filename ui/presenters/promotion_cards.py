"""What a blank of a promotion opens: the fields of its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pos_app.domain.promotion.deal import GiftDeal, NthDeal
from pos_app.domain.promotion.promotion import (
    Promotion,
    ReturnBasis,
    TriggerKind,
)
from pos_app.i18n import LANGUAGES, N_, _, current_language
from ui.format import symbol_of
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    Option,
)
from ui.presenters.promotion_blanks import BlankKind, can_be_flat, kind_of_blank
from ui.presenters.promotion_card_words import (
    PERIODS,
    RETURNS,
    ROLE,
    TOGETHER,
    TRIGGERS,
    VALUE,
    title_of,
)
from ui.presenters.promotion_off import MODES, off_hint
from ui.presenters.promotion_when import when_card
from ui.presenters.promotion_whom import Whom, audience_fields, where_fields
from ui.presenters.promotions_state import PromotionCard


@dataclass(frozen=True, slots=True)
class CardPaper:
    """What a card is drawn up from.

    Attributes:
        draft: the promotion. currency: of the shop.
        typed: texts and choices of the open card, as they stand in its fields.
        problem: why the last one was refused; at: its field.
        roles: (key, name) of those who may be named to choose it.
        whom: tiers and tags that there are.
        aim: the field that the pad writes into, where a card has several.
        coupon: that unlocks it, "" for none; may_see_coupons: and all others.
    """

    draft: Promotion
    currency: str
    typed: Mapping[str, str]
    problem: str = ""
    problem_at: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    whom: Whom = Whom()  # noqa: RUF009 - frozen value
    aim: str = ""
    coupon: str = ""
    may_see_coupons: bool = False


def card_of(key: str, paper: CardPaper) -> PromotionCard:
    """Return the card of a blank or an option; goods have a card of their own."""
    kind = kind_of_blank(key)
    if kind is BlankKind.OFF:
        return _off_card(key, paper)
    if kind in {BlankKind.COUNT, BlankKind.MONEY}:
        return _number_card(key, paper)
    return _TERMS[key](key, paper)


def _text(key: str, label: str, paper: CardPaper, limit: int = 16) -> FieldView:
    problem = paper.problem if paper.problem_at == key else ""
    value = paper.typed.get(key, "")
    return FieldView(FieldKind.TEXT, key, label, value, problem=problem, limit=limit)


def _pick(
    key: str, label: str, value: str, words: Mapping[str, str] | Mapping[object, str]
) -> FieldView:
    options = tuple(Option(str(name), _(text)) for name, text in words.items())
    return FieldView(FieldKind.PICK, key, label, value, options=options)


def _note(key: str, words: str) -> FieldView:
    return FieldView(FieldKind.NOTE, key, detail=words)


def _off_card(key: str, paper: CardPaper) -> PromotionCard:
    mode = paper.typed.get("mode", "percentage")
    modes = dict(MODES)
    if not isinstance(paper.draft.deal, NthDeal):
        modes.pop("free")
    options = tuple(Option(name, _(words)) for name, words in modes.items())
    fields = [FieldView(FieldKind.CHOICE, "mode", "", mode, options=options)]
    pad = ""
    if mode != "free":
        symbol = symbol_of(paper.currency).strip()
        label = off_hint(mode, current_language(), symbol)
        fields.append(_text(VALUE, label, paper))
        pad = VALUE
    return PromotionCard(key, title_of(key), tuple(fields), pad=pad)


def _number_card(key: str, paper: CardPaper) -> PromotionCard:
    label = _("Pieces")
    if kind_of_blank(key) is BlankKind.MONEY:
        symbol = symbol_of(paper.currency).strip()
        label = _("Amount ({symbol})", symbol=symbol)
    fields = [_text(VALUE, label, paper)]
    if can_be_flat(paper.draft, key):
        fields.append(_note("flat", _("Empty means that any amount will do.")))
    if key == "price" and isinstance(paper.draft.deal, GiftDeal):
        fields.append(_note("free", _("0 gives it for nothing.")))
    return PromotionCard(key, title_of(key), tuple(fields), pad=VALUE)


def _audience(key: str, paper: CardPaper) -> PromotionCard:
    fields = audience_fields(paper.draft.audience, paper.typed, paper.whom)
    return PromotionCard(key, title_of(key), fields)


def _where(key: str, paper: CardPaper) -> PromotionCard:
    fields = where_fields(paper.typed)
    return PromotionCard(key, title_of(key), fields)


def _limits(key: str, paper: CardPaper) -> PromotionCard:
    limits = paper.draft.limits
    periods = tuple(Option(x.value, _(words)) for x, words in PERIODS.items())
    fields = (
        _text("basket", _("In one basket"), paper),
        _text("member", _("By one member"), paper),
        FieldView(
            FieldKind.CHOICE,
            "member_period",
            "",
            limits.member_period.value,
            options=periods,
        ),
        _text("period", _("In the whole shop"), paper),
        FieldView(
            FieldKind.CHOICE, "shop_period", "", limits.period.value, options=periods
        ),
        _text("all", _("In the whole shop, ever"), paper),
        _note("limits", _("Empty means any number of times.")),
    )
    return PromotionCard(key, title_of(key), fields, pad=paper.aim)


def _name(key: str, paper: CardPaper) -> PromotionCard:
    labels = {
        "zh-CN": _("On a Chinese slip"),
        "zh-TW": _("On a slip of Taiwan"),
        "en": _("On an English slip"),
    }
    fields = [_text("name", _("Name on screen and slip"), paper, 40)]
    fields += [_text(tag, labels[tag], paper, 40) for tag in LANGUAGES]
    fields.append(_note("names", _("Where a language has none, the first one holds.")))
    return PromotionCard(key, title_of(key), tuple(fields))


def _trigger(key: str, paper: CardPaper) -> PromotionCard:
    kind = paper.draft.trigger.kind
    fields = [
        _pick(VALUE, "", kind.value, _plain(TRIGGERS)),
        *_coupon_fields(kind, paper),
    ]
    if kind is TriggerKind.MANUAL:
        fields.append(
            _note("roles", _("Who may choose it; without a mark here, everybody."))
        )
        fields += [
            FieldView(
                FieldKind.SWITCH,
                f"{ROLE}{role}",
                name,
                "1" if role in paper.draft.trigger.roles else "",
            )
            for role, name in paper.roles
        ]
    return PromotionCard(key, title_of(key), tuple(fields))


def _coupon_fields(kind: TriggerKind, paper: CardPaper) -> tuple[FieldView, ...]:
    """Return where coupons are made, or the coupon that unlocks this one."""
    words = _("Simple coupons are made with their promotion under Coupons.")
    key = OfficeKey("coupon", _("Coupons"), "ticket")
    if kind is TriggerKind.COUPON:
        words = _("Its coupon says how long it is good and how often it is given.")
        key = OfficeKey("coupon", paper.coupon or _("Coupons"), "ticket")
    keys = FieldView(FieldKind.KEYS, "coupon", keys=(key,))
    return (_note("coupons", words), *((keys,) if paper.may_see_coupons else ()))


def _returns(key: str, paper: CardPaper) -> PromotionCard:
    fields = (
        _pick(VALUE, "", paper.draft.return_basis.value, _plain(RETURNS)),
        _note(
            "returns",
            _(
                "Pricing anew keeps back what the deal saved on goods that stay, so "
                "that nobody returns what had to be bought and keeps the gift."
            ),
        ),
    )
    return PromotionCard(key, title_of(key), fields)


def together_key(promotion: Promotion) -> str:
    """Return how a promotion stands to others: a key of `TOGETHER`."""
    if promotion.exclusive:
        return "alone"
    return "yes" if promotion.accepts_discounted else "list_only"


def _together(key: str, paper: CardPaper) -> PromotionCard:
    fields = [_pick(VALUE, "", together_key(paper.draft), TOGETHER)]
    if paper.draft.layer.name == "ORDER":
        fields.append(_text("stack", _("Adds up with order deals of others"), paper))
        fields.append(
            _note(
                "stack_note",
                _(
                    "Of order deals with the same word here only the best one holds; "
                    "those with different words add up."
                ),
            )
        )
    else:
        fields.append(
            _note(
                "together",
                _("Each piece is in one item deal at most: the one that saves most."),
            )
        )
    return PromotionCard(key, title_of(key), tuple(fields))


def _priority(key: str, paper: CardPaper) -> PromotionCard:
    fields = (
        _text(VALUE, _("Priority: the higher number goes first"), paper),
        _note("priority", _("It decides only where two deals save the same.")),
    )
    return PromotionCard(key, title_of(key), fields, pad=VALUE)


def _funding(key: str, paper: CardPaper) -> PromotionCard:
    fields = (_text(VALUE, _("Percent that the supplier bears"), paper),)
    return PromotionCard(key, title_of(key), fields, pad=VALUE)


def _qualifies(key: str, paper: CardPaper) -> PromotionCard:
    words = {
        "list": N_("What the goods cost before other deals"),
        "net": N_("What is left of it after other deals"),
    }
    value = getattr(paper.draft.deal, "qualifies", "list")
    fields = (_pick(VALUE, "", str(value), words),)
    return PromotionCard(key, title_of(key), fields)


def _counts(key: str, paper: CardPaper) -> PromotionCard:
    words = {
        "goods": N_("All its goods together"),
        "line": N_("Each item by itself"),
    }
    value = getattr(paper.draft.deal, "counts", "goods")
    fields = (_pick(VALUE, "", str(value), words),)
    return PromotionCard(key, title_of(key), fields)


def _when(key: str, paper: CardPaper) -> PromotionCard:
    return when_card(key, title_of(key), paper.typed, paper.problem)


def _plain(
    words: Mapping[TriggerKind, str] | Mapping[ReturnBasis, str],
) -> dict[str, str]:
    return {kind.value: text for kind, text in words.items()}


_TERMS: dict[str, Callable[[str, CardPaper], PromotionCard]] = {
    "when": _when,
    "audience": _audience,
    "where": _where,
    "limits": _limits,
    "name": _name,
    "trigger": _trigger,
    "returns": _returns,
    "together": _together,
    "priority": _priority,
    "funding": _funding,
    "qualifies": _qualifies,
    "counts": _counts,
}
