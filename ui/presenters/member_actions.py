"""What the keys of one member do: saved, changed, shown in full, erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.domain.member.consent import Purpose
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.ports.campaigns import OptOut
from pos_app.services.item_texts import split_tags
from pos_app.services.member_birthday_text import read_birthday
from pos_app.services.member_change import ProfileEdit
from pos_app.services.member_draft import CONSENT_TEXT
from pos_app.services.member_person import FullLook, LookPurpose
from pos_app.services.person_page import person_page
from ui.presenters.member_admin_words import LOOKS
from ui.presenters.member_giving import MemberPurse
from ui.presenters.member_reading import MemberDraft, OpenMember
from ui.presenters.question_state import Answer, Question

if TYPE_CHECKING:
    from ui.presenters.members import MembersPart

#: What is typed for a key, and taken by it.
_TAKEN = {"phone": ("phone",), "reissued": ("phone",), "card": ("card",)}


class MemberActions:
    """Serves the form of the open member."""

    def __init__(self, part: MembersPart) -> None:
        self._part = part
        self._export_for: tuple[str, LookPurpose] | None = None
        self._purse = MemberPurse(part)

    @property
    def _id(self) -> str:
        assert self._part.member is not None
        return self._part.member.detail.row.member_id

    def edited(self, key: str, value: str) -> None:
        """Take what is typed."""
        part = self._part
        if part.member is not None and not part.is_working:
            part.draft = replace(part.draft, **{key: value})
            part.changed.emit()

    def save(self, then: Callable[[], None]) -> None:
        """Store what is typed of a profile; the number and cards have keys."""
        part = self._part
        member, draft = part.member, part.draft
        if member is None:
            return
        if draft.to_save == member.draft.to_save:
            part.opening.say_held()
            return
        part.do(lambda: self._saving(member, draft), lambda _done: self._saved(then))

    def _saving(self, member: OpenMember, draft: MemberDraft) -> Future[None]:
        """Change tags and staff, then the profile; the last one answers for all."""
        before, member_id = member.draft, member.detail.row.member_id
        edit = ProfileEdit(
            name=draft.name.strip() or None,
            birthday=read_birthday(draft.birthday) if draft.birthday.strip() else None,
            note=draft.note.strip() or None,
            language=draft.language if draft.language != before.language else None,
        )
        changes, stored = self._part.admin.changes, None
        if draft.tags != before.tags:
            stored = changes.set_tags(member_id, split_tags(draft.tags))
        if draft.staff != before.staff:
            stored = changes.set_staff(member_id, draft.staff)
        if stored is not None and edit == ProfileEdit():
            return stored
        return changes.edit(member_id, edit)

    def _saved(self, then: Callable[[], None]) -> None:
        part = self._part
        assert part.member is not None
        part.draft = part.draft.saved_as(part.member.draft)
        part.renew()
        then()

    def register(self, code: str) -> None:
        """Register a phone whose key was scanned for the open member."""
        part = self._part
        if part.member is None:
            part.frame.refuse(UserError("member_unknown"))
            return
        part.tab, member_id = "means", self._id
        part.do(lambda: part.admin.means.add_token(member_id, code), part.renew)

    def act(self, key: str) -> None:
        """A key of the form was pressed."""
        if self._part.member is None:
            return
        plain, _colon, what = key.partition(":")
        asked = {
            "look": lambda: self._ask_why(self._look),
            "export": lambda: self._ask_why(self._export),
            "erase": self._ask_erase,
            "merge": self._ask_merge,
            "pin": self._ask_pin,
        }
        if plain in asked:
            asked[plain]()
            return
        if not self._purse.act(plain, what):
            # Whoever must agree may take a while: it is for the member of now.
            deed = self._deed(plain, what)
            taken = _TAKEN.get(plain, ()) if not what else ()
            self._part.do(deed, lambda _done: self._part.took(*taken))

    def _deed(self, key: str, what: str) -> Callable[[], Future[Any]]:
        """Return what a key does; it is journalled."""
        admin, member_id, draft = self._part.admin, self._id, self._part.draft
        made: dict[str, Callable[[], Future[Any]]] = {
            "phone": lambda: admin.means.change_phone(member_id, draft.phone),
            "reissued": lambda: admin.means.change_phone(
                member_id, draft.phone, is_reissued=True
            ),
            "release": lambda: admin.means.release_phone(member_id),
            "no_pin": lambda: admin.changes.forget_pin(member_id),
            "token": lambda: admin.means.withdraw_token(member_id, bytes.fromhex(what)),
            "give": lambda: self._consent(member_id, what, is_given=True),
            "withdraw": lambda: self._consent(member_id, what, is_given=False),
            "object": lambda: self._part.work.counter.campaigns.opt_out(
                member_id, OptOut(what)
            ),
            "undo": lambda: admin.merging.undo(what),
            "card": lambda: (
                admin.means.withdraw_card(member_id, bytes.fromhex(what))
                if what
                else admin.means.add_card(member_id, draft.card)
            ),
        }
        return made[key]

    def _consent(self, member_id: str, purpose: str, *, is_given: bool) -> Future[None]:
        changes = self._part.admin.changes
        return changes.consent(
            member_id, Purpose(purpose), CONSENT_TEXT, is_given=is_given
        )

    def _ask_merge(self) -> None:
        if not self._part.holds():
            self._part.joining.ask()

    # --------------------------------------------------------------- in full

    def _ask_why(self, then: Callable[[str, LookPurpose], None]) -> None:
        """Ask what the look is for; without an answer nothing is shown."""
        member_id = self._id
        answers = tuple(Answer(key.value, _(words)) for key, words in LOOKS.items())
        question = Question(
            "shield-check",
            _("What is it for?"),
            _("Who looks at whom and why is written into the black box."),
            answers,
        )

        def on_answer(answer: str) -> None:
            if answer in set(LookPurpose):
                then(member_id, LookPurpose(answer))

        self._part.question_wanted.emit(question, on_answer)

    def _look(self, member_id: str, purpose: LookPurpose) -> None:
        person = self._part.admin.person
        self._part.do(lambda: person.look(member_id, purpose), self._on_looked)

    def _on_looked(self, look: FullLook) -> None:
        member = self._part.member
        if member is not None and member.detail.row.member_id == look.member_id:
            self._part.member = replace(member, shown=look.profile)

    def _export(self, member_id: str, purpose: LookPurpose) -> None:
        self._export_for = (member_id, purpose)
        self._part.file_wanted.emit(True)

    def write_person(self, file: str) -> None:
        """Write everything of whom it was asked for: a page, and JSON beside it."""
        asked, part = self._export_for, self._part
        if asked is None:
            return
        (member_id, purpose), self._export_for = asked, None
        language = part.work.counter.desk.shop.language

        def write(whole: dict[str, Any]) -> None:
            part.work_behind(
                _("Writing"),
                lambda: part.work.upkeep.write_person(
                    Path(file),
                    person_page(whole, language),
                    json.dumps(whole, ensure_ascii=False, indent=1),
                ),
                lambda path: part.frame.say(_("Written: {file}", file=path.name)),
            )

        part.do(lambda: part.admin.person.export(member_id, purpose), write)

    # ------------------------------------------------------------- PIN, erasure

    def _ask_pin(self) -> None:
        part, member_id = self._part, self._id

        def on_typed(pin: str) -> None:
            part.do(lambda: part.admin.changes.set_pin(member_id, pin), part.renew)

        assert part.member is not None
        part.pin_wanted.emit(part.member.detail.row.name, on_typed)

    def _ask_erase(self) -> None:
        part, member_id = self._part, self._id
        review = part.admin.erasure.review(member_id)
        if review.error is not None:
            part.frame.refuse(review.error)
            return
        text = _(
            "Name, phone number and everything personal are destroyed for good, here "
            "and in every copy that is restored. {points} points and {coupons} coupons "
            "go with them. Receipts stay, without a name.",
            points=f"{review.points:,}",
            coupons=review.coupons,
        )
        answers = (
            Answer("erase", _("Erase"), "trash"),
            Answer("keep", _("Keep"), "x", is_main=True),
        )

        def on_answer(answer: str) -> None:
            if answer == "erase":
                part.do(lambda: part.admin.erasure.erase(member_id), part.renew)

        question = Question("trash", _("Erase this person?"), text, answers)
        part.question_wanted.emit(question, on_answer)
