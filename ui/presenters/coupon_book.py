"""The coupons in the back office: what each promises, and how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from pos_app.domain.coupon.template import ReturnPolicy, ValidityKind
from pos_app.domain.promotion.promotion import AudienceKind
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language
from pos_app.services.coupon_drafts import CouponKind
from pos_app.services.coupon_office import ListedTemplate
from ui.format import money
from ui.presenters.coupon_deal_fields import (
    KINDS,
    deal_fields,
    promotion_fields,
    text_field,
)
from ui.presenters.coupon_form import (
    ALL,
    CATEGORY,
    ITEM,
    CouponForm,
    FormPlace,
    form_of,
)
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)

if TYPE_CHECKING:
    from ui.presenters.coupon_part import CouponsPart

_VALIDITY = {
    ValidityKind.DAYS: N_("Days"),
    ValidityKind.HOURS: N_("Hours"),
    ValidityKind.FIXED: N_("Until a day"),
}
_POLICY = {
    ReturnPolicy.RESTORE_IF_ALL: N_("Back if all goods come back"),
    ReturnPolicy.PROPORTIONAL: N_("A new coupon over the share"),
    ReturnPolicy.NEVER: N_("Stays used"),
}
_AUDIENCE = {
    AudienceKind.EVERYONE: N_("Everybody"),
    AudienceKind.MEMBER: N_("Members"),
    AudienceKind.NEWCOMER: N_("Newcomers"),
    AudienceKind.BIRTHDAY: N_("Members in the month of their birthday"),
}
_FIELDS = {
    "promotion_no_name": "name",
    "promotion_name_long": "name",
    "promotion_zero": "amount",
    "promotion_negative": "amount",
    "promotion_too_large": "amount",
    "promotion_off_too_much": "threshold",
    "promotion_percentage": "percent",
    "promotion_count": "pieces",
    "promotion_price_zero": "amount",
}
#: Fields of a template by those of the form.
_TEMPLATE_FIELDS = {
    "validity": "length",
    "most_per_member": "per_member",
    "most_in_all": "in_all",
    "cost_minor": "cost",
    "points_cost": "points",
}
GIVE, END = "couponGive", "couponEnd"


class CouponBook(OfficeBook[CouponForm]):
    """Lists the coupons; those that ended at the bottom."""

    key = "coupons"
    title = N_("Coupons")
    icon = "ticket"
    add_words = N_("Add a coupon")
    can_order = False
    part: CouponsPart

    def place(self) -> FormPlace:
        """Return what amounts and days are read with."""
        zone = ZoneInfo(self.work.counter.desk.shop.time_zone)
        return FormPlace(self.work.currency, current_language(), zone)

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        return tuple(
            OfficeRow(
                each.template.template_id,
                each.template.name,
                _(
                    "{issued} given · {redeemed} used · saved {saving}",
                    issued=each.use.issued,
                    redeemed=each.use.redeemed,
                    saving=money(each.use.saving_minor, self.work.currency),
                ),
                self._mark(each),
                each.template.is_ended,
            )
            for each in self.part.listed()
        )

    def _mark(self, each: ListedTemplate) -> str:
        if each.template.is_ended:
            return _("ended")
        return "" if each.is_running else _("off")

    @override
    def read(self, key: str) -> CouponForm | None:
        each = self.part.template(key)
        if each is None:
            return None
        if each.draft is None:
            template = each.template
            return CouponForm(
                template.template_id,
                template.promotion_id,
                is_simple=False,
                is_ended=template.is_ended,
                name=template.name,
            )
        form = form_of(each.draft, self.place())
        return replace(form, is_ended=each.template.is_ended)

    @override
    def blank(self, wanted: str) -> CouponForm:
        return CouponForm()

    @override
    def name(self, draft: CouponForm) -> str:
        return draft.name or _("New coupon")

    @override
    def fields(self, draft: CouponForm, *, is_new: bool) -> Sequence[FieldView]:
        if not draft.is_simple:
            said = _("What it promises is changed with its promotion.")
            note = FieldView(FieldKind.NOTE, "more", detail=said)
            return (note, *self._facts(draft), self._keys(draft))
        fields = [
            text_field("name", _("Name on slip and screen"), draft.name, 60),
            _pick("kind", _("What it does"), draft.kind, KINDS),
            *self._deal(draft),
            FieldView(FieldKind.HEAD, "when", _("How long it is good")),
            _choice("validity", _("Counted in"), draft.validity, _VALIDITY),
            self._length(draft),
            FieldView(FieldKind.HEAD, "who", _("Who may use it")),
            _pick("audience", _("For whom"), draft.audience, _AUDIENCE),
            FieldView(
                FieldKind.SWITCH,
                "is_bearer",
                _("Whoever holds the code may use it"),
                "1" if draft.is_bearer else "",
                _("Off: a member has to take it first"),
            ),
            text_field("points", _("Price in points, empty for none"), draft.points, 9),
            text_field("per_member", _("At most for one member"), draft.per_member, 9),
            text_field("in_all", _("At most in all"), draft.in_all, 9),
            FieldView(FieldKind.HEAD, "back", _("When goods come back")),
            _pick("policy", _("The coupon"), draft.policy, _POLICY),
        ]
        if not is_new:
            fields += [*self._facts(draft), self._keys(draft)]
        return fields

    def _deal(self, draft: CouponForm) -> Sequence[FieldView]:
        if draft.kind == CouponKind.PROMOTION.value:
            return promotion_fields(draft, self.part.service.promotions())
        return (*deal_fields(draft), self._goods(draft))

    def _length(self, draft: CouponForm) -> FieldView:
        if draft.validity == ValidityKind.FIXED.value:
            return text_field(
                "until", _("Last day, such as 2026-12-31"), draft.until, 10
            )
        return text_field("length", _("How many, after it was given"), draft.length, 4)

    def _goods(self, draft: CouponForm) -> FieldView:
        tag = current_language()
        catalog = self.work.counter.desk.catalog
        options = [Option(ALL, _("All goods"))]
        options += [
            Option(CATEGORY + x.category_id, x.name_in(tag))
            for x in catalog.categories()
        ]
        if draft.goods.startswith(ITEM):
            item = catalog.listing.item(draft.goods.removeprefix(ITEM))
            name = item.name if item is not None else _("no longer sold")
            options.append(Option(draft.goods, name))
        label = _("For which goods; scan one for it alone")
        return FieldView(
            FieldKind.PICK, "goods", label, draft.goods, options=tuple(options)
        )

    def _facts(self, draft: CouponForm) -> Sequence[FieldView]:
        each = self.part.template(draft.template_id)
        if each is None:
            return ()
        use, currency = each.use, self.work.currency
        rows = (
            Option(_("Given"), str(use.issued)),
            Option(_("Still open"), str(use.open)),
            Option(_("Used"), str(use.redeemed)),
            Option(_("Expired"), str(use.expired)),
            Option(_("Revoked"), str(use.revoked)),
            Option(_("Saved by customers"), money(use.saving_minor, currency)),
        )
        head = FieldView(FieldKind.HEAD, "use", _("How it went"))
        return (head, FieldView(FieldKind.FACTS, "facts", options=rows))

    def _keys(self, draft: CouponForm) -> FieldView:
        ended = _("It is given out no more.") if draft.is_ended else ""
        keys = (
            OfficeKey(GIVE, _("Print one"), "printer", reason=ended),
            OfficeKey(END, _("Give out no more"), "prohibit", True, ended),
        )
        return FieldView(FieldKind.KEYS, "keys", keys=keys)

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: CouponForm, key: str, value: str) -> CouponForm:
        if key == "is_bearer":
            return replace(draft, is_bearer=bool(value))
        changes: dict[str, Any] = {key: value}
        return replace(draft, **changes)

    @override
    def act(self, draft: CouponForm, key: str) -> None:
        if key == GIVE:
            self.part.give(draft.template_id)
        elif key == END:
            self.part.end(draft)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        field = str(error.params.get("field", ""))
        return _TEMPLATE_FIELDS.get(field, field) or _FIELDS.get(error.key, "")


def _choice(key: str, label: str, value: str, words: Mapping[Any, str]) -> FieldView:
    options = tuple(Option(str(x.value), _(text)) for x, text in words.items())
    return FieldView(FieldKind.CHOICE, key, label, value, options=options)


def _pick(key: str, label: str, value: str, words: Mapping[Any, str]) -> FieldView:
    return replace(_choice(key, label, value, words), kind=FieldKind.PICK)
