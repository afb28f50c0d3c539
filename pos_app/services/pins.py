"""PINs: set for others, changed by oneself, made anew with the recovery code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission, Staff
from pos_app.domain.pin_rule import check_pin
from pos_app.errors import GuitaiError, StorageError, UserError
from pos_app.ports.catalog import Credential
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Lockout, Stamp, UnitOfWork
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.people_change import Crew, allowed, people_change, put_people
from pos_app.services.pin_lockout import PinLockout, count_failure, locked

#: Whose failures wrong recovery codes are counted as: the till's, not a person's.
RECOVERY = "recovery_code"
_WRONG = "recovery_code_wrong"


@dataclass(frozen=True, slots=True)
class ProofVerdict:
    """Whether somebody proved who they are; kept even when they did not.

    Attributes:
        staff: who wants a new PIN. by: "pin" or "recovery_code".
        error: why not; None when it is proved.
    """

    staff: Staff
    by: str
    error: GuitaiError | None


class PinService:
    """Sets PINs; what is typed is never kept, logged or journalled (law 14)."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk = desk
        self._credentials = credentials
        self._pins = PinLockout(credentials)

    def set(self, staff_id: str, pin: str) -> CatalogChange:
        """Return what gives somebody else, or oneself, a PIN (Permission.PEOPLE).

        Raises:
            UserError: what `check_pin` refuses, "staff_unknown"; from the change
                also "staff_has_more".
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, staff_id)
        check_pin(pin, self._person(staff_id).number)

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            person = crew.person(staff_id)
            known = crew.credential(staff_id)
            fresh = self._hashed(known, pin)
            put_people(editor, crew.people, crew.credentials, fresh)
            return [self._note(stamp, person, "set")]

        return people_change(stamp, edit)

    def check_own(self, staff_id: str, pin: str) -> Future[ProofVerdict]:
        """Check the PIN that somebody has now, on the core thread.

        Wrong ones count as at sign-on.

        Raises:
            UserError: "staff_unknown".
        """
        staff = self._person(staff_id)
        credential = self._desk.catalog.credential(staff_id)
        secret = (credential.pin_hash if credential else "", pin)
        stamp = self._stamp(staff)

        def work(unit: UnitOfWork) -> ProofVerdict:
            error = self._pins.refusal(unit, stamp, secret, {"for": "pin_change"})
            return ProofVerdict(staff, "pin", error)

        return self._desk.record(work)

    def check_recovery(
        self, staff_id: str, opens: Callable[[], None]
    ) -> Future[ProofVerdict]:
        """Check a recovery code on the core thread; for whoever holds PEOPLE.

        Five wrong codes lock it as wrong PINs lock a person. A slip of the pen is
        found by the code's own check characters and costs nothing.

        Args:
            staff_id: who forgot their PIN.
            opens: raises StorageError "recovery_code_wrong" for a wrong code.

        Raises:
            UserError: "staff_unknown", or "recovery_not_for_role".
        """
        staff = self._person(staff_id)
        if not staff.may(Permission.PEOPLE):
            raise UserError("recovery_not_for_role", name=staff.name)
        stamp = self._stamp(staff)

        def work(unit: UnitOfWork) -> ProofVerdict:
            error: GuitaiError | None = locked(unit, RECOVERY, stamp.at)
            if error is None:
                error = _code_error(opens)
                if error is None:
                    unit.set_lockout(RECOVERY, Lockout(0, None))
                elif error.key == _WRONG:
                    said = {"by": RECOVERY}
                    error = _told(count_failure(unit, stamp, said, RECOVERY))
            return ProofVerdict(staff, RECOVERY, error)

        return self._desk.record(work)

    def renew(self, proof: ProofVerdict, pin: str) -> CatalogChange:
        """Return what gives somebody who proved who they are a new PIN.

        Nobody need be signed on.

        Raises:
            UserError: why it is not proved, or what `check_pin` refuses.
        """
        if proof.error is not None:
            raise proof.error
        staff = proof.staff
        check_pin(pin, staff.number)
        stamp = self._stamp(staff)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            people = editor.everybody()
            person = next((x for x in people if x.staff_id == staff.staff_id), None)
            if person is None or not person.is_active:
                raise UserError("staff_unknown")
            known = editor.credentials()
            fresh = self._hashed(known[person.staff_id], pin)
            editor.put_staff(
                [(x, fresh if x.staff_id == person.staff_id else None) for x in people]
            )
            return [self._note(stamp, person, proof.by)]

        return CatalogChange(stamp, edit)

    def forget_failures(self, staff_id: str) -> Future[None]:
        """Let somebody try at once who has a new PIN."""
        return self._desk.record(
            lambda unit: unit.set_lockout(staff_id, Lockout(0, None))
        )

    def _hashed(self, known: Credential, pin: str) -> Credential:
        """Return a credential with a new hash; about 80 ms, off the screen's thread."""
        return replace(known, pin_hash=self._credentials.hash_pin(pin))

    def _note(self, stamp: Stamp, person: Staff, by: str) -> JournalNote:
        """Say that a PIN is new, and by which proof; not which it is."""
        return change_note(
            self._desk,
            EntryKind.STAFF_CHANGED,
            stamp,
            before={"pin": "old"},
            after={"pin": by},
            staff=person.staff_id,
        )

    def _person(self, staff_id: str) -> Staff:
        for staff in self._desk.catalog.everybody():
            if staff.staff_id == staff_id:
                return staff
        raise UserError("staff_unknown")

    def _stamp(self, staff: Staff) -> Stamp:
        stamp = self._desk.stamp()
        return Stamp(staff.staff_id, stamp.business_day, stamp.at)


def _code_error(opens: Callable[[], None]) -> GuitaiError | None:
    try:
        opens()
    except StorageError as error:
        return error
    return None


def _told(error: UserError) -> GuitaiError:
    """Return the words for a wrong code instead of those for a wrong PIN."""
    if error.key == "pin_wrong":
        return UserError("recovery_code_refused", **error.params)
    return error
