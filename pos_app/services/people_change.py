"""What every change of people has in common: who asks, who is there, what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission, Role, Staff
from pos_app.domain.staffing import refuse_above, refuse_orphaned
from pos_app.errors import UserError
from pos_app.ports.catalog import Credential
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note, differences
from pos_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody as they stand in the transaction of a change.

    Attributes:
        people: active and former, in the order of their tiles.
        credentials: by staff id.
        giver: whoever asks for the change, as they are now.
    """

    people: tuple[Staff, ...]
    credentials: Mapping[str, Credential]
    giver: Staff

    def person(self, staff_id: str) -> Staff:
        """Return somebody whom the giver may change.

        Raises:
            UserError: "staff_unknown" or "staff_has_more".
        """
        found = next((x for x in self.people if x.staff_id == staff_id), None)
        if found is None:
            raise UserError("staff_unknown")
        refuse_above(self.giver.role, found)
        return found

    def credential(self, staff_id: str) -> Credential:
        """Return what checks somebody's PIN and badge."""
        return self.credentials.get(staff_id, Credential(staff_id, "", ""))


#: Changes people within the transaction and returns the notes.
PeopleEdit = Callable[[ShopEditor, Crew], Sequence[JournalNote]]


def allowed(desk: Desk, subject: str) -> Stamp:
    """Let the cashier change people, and return who does it and when.

    Raises:
        UserError: "not_signed_on".
        ApprovalNeeded: "not_permitted".
    """
    desk.allow(Demand(Permission.PEOPLE, subject))
    return desk.stamp()


def people_change(stamp: Stamp, edit: PeopleEdit) -> CatalogChange:
    """Return a change of people by whoever the stamp names.

    An approval lets the step through (four eyes); how far it may go is measured
    by who asks, whoever approved it: nobody rises by another's PIN.
    """

    def run(editor: ShopEditor) -> Sequence[JournalNote]:
        return edit(editor, crew_of(editor, stamp.actor))

    return CatalogChange(stamp, run)


def crew_of(editor: ShopEditor, actor: str) -> Crew:
    """Return everybody as they stand now.

    Raises:
        UserError: "not_permitted" when whoever asks may change people no more.
    """
    people = tuple(editor.everybody())
    giver = next((x for x in people if x.staff_id == actor), None)
    if giver is None or not giver.is_active or not giver.may(Permission.PEOPLE):
        raise UserError("not_permitted", action=Permission.PEOPLE.value)
    return Crew(people, editor.credentials(), giver)


def put_people(
    editor: ShopEditor,
    people: Iterable[Staff],
    credentials: Mapping[str, Credential],
    fresh: Credential | None = None,
) -> None:
    """Store everybody in order, with one fresh credential, if somebody is left.

    Raises:
        UserError: "last_manager".
    """
    known = dict(credentials)
    if fresh is not None:
        known[fresh.staff_id] = fresh
    rows = list(people)
    refuse_orphaned((one, signs_on(one, known.get(one.staff_id))) for one in rows)
    fresh_id = fresh.staff_id if fresh else ""
    editor.put_staff([(x, fresh if x.staff_id == fresh_id else None) for x in rows])


def signs_on(person: Staff, credential: Credential | None) -> bool:
    """Tell whether somebody has what lets them in (law 12)."""
    if credential is None:
        return False
    by_badge = bool(credential.badge_digest) and not person.role.is_supervisor
    return bool(credential.pin_hash) or by_badge


def with_role(people: Iterable[Staff], role: Role) -> tuple[Staff, ...]:
    """Return people with a changed role where they have it."""
    return tuple(
        replace(one, role=role) if one.role.key == role.key else one for one in people
    )


def staff_notes(
    desk: Desk, stamp: Stamp, before: Staff | None, after: Staff
) -> list[JournalNote]:
    """Return the note of a person's change; none where nothing is different."""
    was = _plain(before) if before else {}
    old, new = differences(was, _plain(after))
    if before is not None and (before.name, before.names) != (after.name, after.names):
        old, new = {**old, "name": "…"}, {**new, "name": "changed"}
    if not new:
        return []
    return [
        change_note(
            desk,
            EntryKind.STAFF_CHANGED,
            stamp,
            before=old if before else None,
            after=new,
            staff=after.staff_id,
        )
    ]


def _plain(person: Staff) -> dict[str, object]:
    """Return what the journal may say of a person: no names (law 14)."""
    return {
        "number": person.number,
        "role": person.role.key,
        "language": person.language,
        "is_active": person.is_active,
    }
