"""The tabs of one member: what stands in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos_app.domain.member.consent import ConsentLedger, Purpose
from pos_app.domain.member.member import MemberProfile
from pos_app.i18n import _
from pos_app.services.opt_out import CONSENT_OF
from pos_app.values.times import Timestamp
from ui.presenters.member_admin_words import (
    ENTRIES,
    PURPOSES,
    birthday_words,
    day_words,
    language_options,
)
from ui.presenters.member_purse import PurseTerms, coupon_fields, points_fields
from ui.presenters.member_reading import MemberDraft, OpenMember, moment_words
from ui.presenters.office_form_state import FieldKind, FieldView, OfficeKey, Option


def fields_of(
    tab: str, member: OpenMember, draft: MemberDraft
) -> tuple[FieldView, ...]:
    """Return the form of a tab."""
    made: dict[str, Callable[[], Sequence[FieldView]]] = {
        "profile": lambda: _profile(member, draft),
        "means": lambda: _means(member, draft),
        "balance": lambda: _balance(member, draft),
        "coupons": lambda: _coupons(member, draft),
        "purchases": lambda: _rows("sales", member.sales, _("No purchases yet")),
        "consents": lambda: _consents(member),
        "history": lambda: _history(member),
    }
    return tuple(made[tab]())


def _profile(member: OpenMember, draft: MemberDraft) -> list[FieldView]:
    row, detail = member.detail.row, member.detail
    facts = [
        (_("Name"), row.name or "–"),
        (_("Phone"), row.phone or "–"),
        (_("Birthday"), birthday_words(detail.birthday)),
        (_("Enrolled"), day_words(row.enrolled_on)),
        (_("Last visit"), day_words(row.last_visit_on)),
        (_("Source"), detail.member.source or "–"),
        (_("Groups"), ", ".join(detail.tags) or "–"),
    ]
    fields = [_facts("facts", facts)]
    if member.shown is not None:
        fields += _in_full(member.shown)
    if row.is_erased:
        return fields
    fields.append(_keys("look", _look_keys()))
    fields += [
        _text("name", _("New name"), draft.name, 60),
        _text("birthday", _("New birthday, month-day"), draft.birthday, 12),
        _text("tags", _("Tags, with commas between them"), draft.tags, 200),
        _staff(member, draft),
        _text("note", _("New note"), draft.note, 500),
        FieldView(
            FieldKind.CHOICE,
            "language",
            _("Language"),
            draft.language,
            options=tuple(Option(key, words) for key, words in language_options()),
        ),
        _keys("end", _end_keys()),
    ]
    return fields


def _staff(member: OpenMember, draft: MemberDraft) -> FieldView:
    options = [Option("", _("No, a customer"))]
    options += [Option(key, name) for key, name in member.colleagues]
    words = _("Is one of our staff")
    return FieldView(
        FieldKind.CHOICE, "staff", words, draft.staff, options=tuple(options)
    )


def _look_keys() -> tuple[OfficeKey, ...]:
    return (
        OfficeKey("look", _("Look in full"), "magnifying-glass"),
        OfficeKey("export", _("Hand the data out"), "file-xls"),
    )


def _end_keys() -> tuple[OfficeKey, ...]:
    return (
        OfficeKey("merge", _("Same person as…"), "users"),
        OfficeKey("erase", _("Erase the data"), "trash", is_danger=True),
    )


def _in_full(profile: MemberProfile) -> list[FieldView]:
    phone = profile.phone
    facts = [
        (_("Name"), profile.name or "–"),
        (_("Phone"), phone.e164 if phone else "–"),
        (_("Note"), profile.note or "–"),
    ]
    return [
        FieldView(FieldKind.HEAD, "full", _("In full, journalled")),
        _facts("shown", facts),
    ]


def _means(member: OpenMember, draft: MemberDraft) -> list[FieldView]:
    detail = member.detail
    if detail.row.is_erased:
        return [_facts("phone", [(_("Phone"), "–")])]
    no_phone = "" if detail.has_phone else _("No number")
    no_pin = "" if detail.has_pin else _("No PIN")
    cards = [x for x in detail.cards if x.until is None]
    return [
        _facts("phone", [(_("Phone"), detail.row.phone or "–")]),
        _text("phone", _("New phone number"), draft.phone, 40),
        _keys(
            "phone",
            (
                OfficeKey("phone", _("Change the number"), "check"),
                OfficeKey("reissued", _("Given to this one"), "swap"),
                OfficeKey(
                    "release",
                    _("Somebody else's now"),
                    "x",
                    is_danger=True,
                    reason=no_phone,
                ),
            ),
        ),
        FieldView(FieldKind.HEAD, "cards", _("Cards of the member")),
        _text("card", _("Code of a card"), draft.card, 64),
        _keys(
            "cards",
            (
                OfficeKey("card", _("Take the card over"), "plus"),
                *(_lost(f"card:{x.index.hex()}", x.shown) for x in cards),
            ),
        ),
        FieldView(FieldKind.HEAD, "phones", _("Phones with codes")),
        FieldView(
            FieldKind.NOTE,
            "phones",
            detail=_("Scan the code that the member's phone shows to register it."),
        ),
        _keys(
            "phones",
            tuple(
                _lost(f"token:{x.public_key.hex()}", x.public_key.hex()[:8])
                for x in detail.member.good_tokens
            ),
        ),
        FieldView(FieldKind.HEAD, "pins", _("PIN of the member")),
        _keys(
            "pins",
            (
                OfficeKey("pin", _("The customer types one"), "shield-check"),
                OfficeKey(
                    "no_pin", _("Forget the PIN"), "x", is_danger=True, reason=no_pin
                ),
            ),
        ),
    ]


def _balance(member: OpenMember, draft: MemberDraft) -> list[FieldView]:
    fields = [_facts("balances", member.balances)]
    if member.detail.row.is_erased:
        return fields
    return fields + points_fields(member.terms, draft.points, draft.why)


def _coupons(member: OpenMember, draft: MemberDraft) -> list[FieldView]:
    terms = PurseTerms() if member.detail.row.is_erased else member.terms
    return coupon_fields(member.coupons, terms, draft.template)


def _lost(key: str, shown: str) -> OfficeKey:
    return OfficeKey(key, _("Lost: {what}", what=shown), "x", is_danger=True)


def _consents(member: OpenMember) -> list[FieldView]:
    ledger, zone = member.detail.member.consents, member.zone
    given = {True: _("given"), False: _("withdrawn")}
    rows = [
        (
            _(PURPOSES[entry.purpose]),
            " · ".join(
                (
                    given[entry.is_given],
                    entry.text_version,
                    moment_words(entry.at, zone),
                )
            ),
        )
        for entry in reversed(ledger.entries)
    ]
    fields = list(_rows("consents", tuple(rows), _("Nobody asked yet")))
    if member.detail.row.is_erased:
        return fields
    refused = [CONSENT_OF[what] for what in member.refused]
    wanted = [(_(PURPOSES[one]), _("not wanted")) for one in refused]
    fields += _rows("refused", tuple(wanted), _("Objects to nothing"))
    for purpose in Purpose:
        keys = _consent_keys(purpose, ledger, is_refused=purpose in refused)
        fields.append(_keys(f"consent_{purpose.value}", keys))
    return fields


def _consent_keys(
    purpose: Purpose, ledger: ConsentLedger, *, is_refused: bool
) -> tuple[OfficeKey, ...]:
    """Return what may be done about a purpose: to agree, to object."""
    words = _(PURPOSES[purpose])
    if ledger.allows(purpose) and not is_refused:
        said = _("Withdraw: {what}", what=words)
        return (OfficeKey(f"withdraw:{purpose.value}", said, "x", is_danger=True),)
    give = OfficeKey(f"give:{purpose.value}", _("Give: {what}", what=words), "check")
    if is_refused or purpose not in CONSENT_OF.values():
        return (give,)
    said = _("Object: {what}", what=words)
    return give, OfficeKey(f"object:{purpose.value}", said, "x", is_danger=True)


def _history(member: OpenMember) -> list[FieldView]:
    names = dict(member.staff)
    rows = tuple(
        (
            moment_words(Timestamp(entry.at_ms), member.zone),
            f"{_(ENTRIES[entry.kind])} · {names.get(entry.actor, '–')}",
        )
        for entry in member.entries
    )
    fields = list(_rows("entries", rows, _("Nothing yet")))
    if member.merges:
        keys = tuple(
            OfficeKey(
                f"undo:{held.merge.merge_id}",
                _("Part again: {day}", day=day_words(held.on)),
                "arrow-counter-clockwise",
                is_danger=True,
            )
            for held in member.merges
        )
        fields += [
            FieldView(FieldKind.HEAD, "merges", _("Merged with")),
            _keys("merges", keys),
        ]
    return fields


def _text(key: str, label: str, value: str, limit: int) -> FieldView:
    return FieldView(FieldKind.TEXT, key, label, value, limit=limit)


def _keys(key: str, keys: tuple[OfficeKey, ...]) -> FieldView:
    return FieldView(FieldKind.KEYS, key, keys=keys)


def _facts(
    key: str, rows: tuple[tuple[str, str], ...] | list[tuple[str, str]]
) -> FieldView:
    options = tuple(Option(name, words) for name, words in rows)
    return FieldView(FieldKind.FACTS, key, options=options)


def _rows(
    key: str, rows: tuple[tuple[str, str], ...], empty: str
) -> tuple[FieldView, ...]:
    if not rows:
        return (FieldView(FieldKind.NOTE, key, detail=empty),)
    return (_facts(key, rows),)
