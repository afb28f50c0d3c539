"""Badges: printed once, known by a digest only, dead the moment a new one is made."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from pos_app.documents.badge import badge_layout
from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.catalog import Credential
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import BADGE_PAPER, PrintJob, PrintJobState
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.credentials import BADGE_PREFIX, Credentials
from pos_app.services.desk import Desk
from pos_app.services.people_change import Crew, allowed, people_change, put_people
from pos_app.services.slip import RECEIPT_PRINTER

#: Crockford's base 32: a scanner's keyboard layout mistakes none of them.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 65 random bits behind a keyed digest, and bars two dots wide on 80 mm paper.
CODE_CHARACTERS = 13


@dataclass(frozen=True, slots=True)
class NewBadge:
    """A badge that is about to be printed; its code is kept nowhere else.

    Attributes:
        staff_id: whose. code: what the bars say; never logged or journalled.
        change: makes it theirs; the one before lets nobody in from then on.
    """

    staff_id: str
    code: str = field(repr=False)
    change: CatalogChange


class BadgeService:
    """Makes, prints and withdraws badges (Permission.PEOPLE)."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk = desk
        self._credentials = credentials

    def issue(self, staff_id: str) -> NewBadge:
        """Return a new badge; once its change is stored, `print` it.

        Raises:
            UserError: from the change "staff_unknown", "staff_has_more" or
                "staff_is_former".
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, staff_id)
        code = BADGE_PREFIX + "".join(
            secrets.choice(_ALPHABET) for _each in range(CODE_CHARACTERS)
        )
        digest = self._credentials.badge_digest(code)

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            if not crew.person(staff_id).is_active:
                raise UserError("staff_is_former")
            before = self._withdraw(editor, crew, staff_id, stamp.at.unix_ms)
            fresh = replace(before, badge_digest=digest)
            put_people(editor, crew.people, crew.credentials, fresh)
            was = {"badge": "replaced" if before.badge_digest else "none"}
            kind = EntryKind.BADGE_PRINTED
            now = {"badge": "new"}
            return [
                change_note(
                    self._desk, kind, stamp, before=was, after=now, staff=staff_id
                )
            ]

        return NewBadge(staff_id, code, people_change(stamp, edit))

    def print(self, badge: NewBadge) -> Future[PrintJob]:
        """Queue a badge that was stored; its paper is wiped from the queue after.

        Raises:
            UserError: "staff_unknown", or "badge_withdrawn" when another one was
                made meanwhile.
        """
        catalog = self._desk.catalog
        owner = catalog.staff_by_badge(self._credentials.badge_digest(badge.code))
        if owner is None:
            raise UserError("badge_withdrawn")
        language = self._desk.settings.current.slip_language or self._desk.shop.language
        layout = badge_layout(self._desk.shop, owner, badge.code, Words(language))
        now, job_id = self._desk.clock.now(), self._desk.ids.new()
        job = PrintJob(
            job_id=job_id,
            document_id=job_id,
            kind=BADGE_PAPER,
            copy_number=0,
            printer=RECEIPT_PRINTER,
            layout=layout,
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=now,
        )

        def work(unit: UnitOfWork) -> PrintJob:
            unit.add_print_job(job)
            return job

        future = self._desk.record(work)
        future.add_done_callback(lambda _done: self._desk.printer.wake())
        return future

    def withdraw(self, staff_id: str) -> CatalogChange:
        """Return what makes somebody's badge let nobody in.

        Raises:
            UserError: from the change "staff_unknown", "staff_has_more",
                "badge_none", or "last_manager" for the last one's only key.
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, staff_id)

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            crew.person(staff_id)
            before = self._withdraw(editor, crew, staff_id, stamp.at.unix_ms)
            if not before.badge_digest:
                raise UserError("badge_none")
            fresh = replace(before, badge_digest="")
            put_people(editor, crew.people, crew.credentials, fresh)
            kind = EntryKind.STAFF_CHANGED
            was, now = {"badge": "valid"}, {"badge": "withdrawn"}
            return [
                change_note(
                    self._desk, kind, stamp, before=was, after=now, staff=staff_id
                )
            ]

        return people_change(stamp, edit)

    def _withdraw(
        self, editor: ShopEditor, crew: Crew, staff_id: str, at_ms: int
    ) -> Credential:
        """Keep whose the present badge was, and return what there is."""
        known = crew.credential(staff_id)
        if known.badge_digest:
            editor.put_withdrawn_badge(known.badge_digest, staff_id, at_ms)
        return known
