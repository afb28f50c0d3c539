"""Staff: who works here, under which number, with which role, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission, Role, Staff
from pos_app.domain.pin_rule import check_pin
from pos_app.domain.staffing import covers, refuse_rise
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES
from pos_app.ports.catalog import Credential
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.people_change import (
    Crew,
    allowed,
    people_change,
    put_people,
    staff_notes,
)
from pos_app.services.typed_text import typed_text

NAME_LIMIT = 40
NUMBER_LIMIT = 8


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """Somebody as a person typed them in.

    Attributes:
        number: typed to sign on, one to eight digits, nobody else's.
        name: as shown; `names` has other languages.
        role: a role's key. language: of their screen, "" for the shop's.
        is_active: False for former staff.
    """

    number: str
    name: str
    role: str
    names: tuple[tuple[str, str], ...] = ()
    language: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody in the list.

    Attributes:
        staff: who. has_pin, has_badge: what lets them in.
        can_change: whether whoever looks may change them.
    """

    staff: Staff
    has_pin: bool
    has_badge: bool
    can_change: bool


class PeopleService:
    """Reads and changes the staff (Permission.PEOPLE)."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk = desk
        self._credentials = credentials

    def everybody(self) -> tuple[PersonFacts, ...]:
        """Return active and former staff in the order of their tiles.

        Raises:
            UserError: "not_signed_on" or "not_permitted".
        """
        mine = self._desk.session.require(Permission.PEOPLE).role
        catalog = self._desk.catalog
        found = []
        for staff in catalog.everybody():
            known = catalog.credential(staff.staff_id)
            has_pin, has_badge = (
                (bool(known.pin_hash), bool(known.badge_digest))
                if known
                else (False, False)
            )
            facts = PersonFacts(staff, has_pin, has_badge, covers(mine, staff.role))
            found.append(facts)
        return tuple(found)

    def free_number(self) -> str:
        """Return a number that nobody has: one above the highest."""
        taken = [x.number for x in self._desk.catalog.everybody()]
        numbers = [int(x) for x in taken if x.isascii() and x.isdigit()]
        return str(max(numbers, default=1000) + 1)[:NUMBER_LIMIT]

    def add(self, draft: StaffDraft, pin: str) -> tuple[str, CatalogChange]:
        """Return a new id, and what adds somebody of it with their first PIN.

        Raises:
            UserError: what `check_draft` and `check_pin` refuse; from the change
                also "staff_number_taken", "role_unknown", "role_gives_more".
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, "")
        fit = check_draft(draft)
        check_pin(pin, fit.number)
        staff_id = self._desk.ids.new()

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            role = _role(editor, fit.role)
            refuse_rise(crew.giver.role, role, crew.people)
            _refuse_taken(crew, fit.number, staff_id)
            person = _person(staff_id, fit, role)
            pin_hash = self._credentials.hash_pin(pin)
            fresh = Credential(staff_id, pin_hash, "")
            put_people(editor, (*crew.people, person), crew.credentials, fresh)
            return staff_notes(self._desk, stamp, None, person)

        return staff_id, people_change(stamp, edit)

    def change(self, staff_id: str, draft: StaffDraft) -> CatalogChange:
        """Return what changes somebody, or makes them former staff.

        A former person's badge dies with it; the PIN stays unused, should they
        come back.

        Raises:
            UserError: as `add`; "staff_self" for making oneself former staff,
                "staff_has_open_shift" with its number, and from the change also
                "staff_has_more", "last_manager".
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, staff_id)
        fit = check_draft(draft)
        if not fit.is_active:
            self._refuse_needed(staff_id)

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            before = crew.person(staff_id)
            role = _role(editor, fit.role)
            if role.key != before.role.key:
                refuse_rise(crew.giver.role, role, crew.people)
            _refuse_taken(crew, fit.number, staff_id)
            if before.is_active and not fit.is_active:
                self._refuse_needed(staff_id)
            after = _person(staff_id, fit, role)
            people = [after if x.staff_id == staff_id else x for x in crew.people]
            known = crew.credential(staff_id)
            fresh = None
            if not after.is_active and known.badge_digest:
                at_ms = stamp.at.unix_ms
                editor.put_withdrawn_badge(known.badge_digest, staff_id, at_ms)
                fresh = replace(known, badge_digest="")
            put_people(editor, people, crew.credentials, fresh)
            return staff_notes(self._desk, stamp, before, after)

        return people_change(stamp, edit)

    def order(self, staff_ids: Sequence[str]) -> CatalogChange:
        """Return what puts the tiles in another order; whoever is not named, last.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, "order")

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            place = {staff_id: at for at, staff_id in enumerate(staff_ids)}
            last = len(place)
            people = sorted(crew.people, key=lambda x: place.get(x.staff_id, last))
            was, now = [[x.staff_id for x in y] for y in (crew.people, people)]
            if was == now:
                return ()
            put_people(editor, people, crew.credentials)
            told = ({"order": was}, {"order": now})
            kind = EntryKind.STAFF_CHANGED
            return [change_note(self._desk, kind, stamp, before=told[0], after=told[1])]

        return people_change(stamp, edit)

    def renew_session(self) -> None:
        """Let whoever is signed on go on with the rights they have now."""
        staff = self._desk.session.staff
        if staff is None:
            return
        for each in self._desk.catalog.staff():
            self._desk.session.renew(each)

    def _refuse_needed(self, staff_id: str) -> None:
        """Refuse to let somebody go who is at work this moment."""
        signed_on = self._desk.session.staff
        if signed_on is not None and signed_on.staff_id == staff_id:
            raise UserError("staff_self")
        for shift in self._desk.ledger.shifts.open_shifts():
            if shift.drawer == staff_id:
                raise UserError("staff_has_open_shift", number=shift.short_number)


def check_draft(draft: StaffDraft) -> StaffDraft:
    """Return a draft fit to be stored.

    Raises:
        UserError: "staff_name_missing", "staff_number_shape" with the most
            digits, or "language_unknown".
    """
    name = typed_text(draft.name, NAME_LIMIT)
    if not name:
        raise UserError("staff_name_missing")
    number = draft.number.strip()
    is_number = number.isascii() and number.isdigit() and len(number) <= NUMBER_LIMIT
    if not is_number:
        raise UserError("staff_number_shape", most=NUMBER_LIMIT)
    if draft.language not in ("", *LANGUAGES):
        raise UserError("language_unknown", language=draft.language[:20])
    names = tuple(
        (tag, text)
        for tag, said in draft.names
        for text in (typed_text(said, NAME_LIMIT),)
        if text
    )
    return replace(draft, name=name, number=number, names=names)


def _role(editor: ShopEditor, key: str) -> Role:
    for role in editor.roles():
        if role.key == key:
            return role
    raise UserError("role_unknown")


def _refuse_taken(crew: Crew, number: str, staff_id: str) -> None:
    for other in crew.people:
        if other.number == number and other.staff_id != staff_id:
            raise UserError("staff_number_taken", number=number, name=other.name)


def _person(staff_id: str, draft: StaffDraft, role: Role) -> Staff:
    return Staff(
        staff_id=staff_id,
        number=draft.number,
        name=draft.name,
        names=draft.names,
        role=role,
        language=draft.language,
        is_active=draft.is_active,
    )
