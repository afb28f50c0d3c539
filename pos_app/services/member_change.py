"""What the back office changes of a member: profile, staff, PIN, tags, consents."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from pos_app.domain.member.birthday import set_birthday
from pos_app.domain.member.consent import ConsentEntry, Purpose
from pos_app.domain.member.masking import mask_name, mask_phone
from pos_app.domain.member.member import MemberProfile, check_name, check_tags
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES
from pos_app.ports.campaigns import OptOut
from pos_app.ports.ledger import Lockout, Stamp, UnitOfWork
from pos_app.ports.members import MemberRecord
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.member_pin import SUBJECT
from pos_app.services.member_work import MemberWork
from pos_app.services.opt_out import CONSENT_OF, note_opt_out
from pos_app.services.shop_region import calling_code_of
from pos_app.values.times import BusinessDay

LONGEST_NOTE = 500
#: Digits of a member's own PIN.
PIN_DIGITS = range(4, 9)


@dataclass(frozen=True, slots=True)
class ProfileEdit:
    """What is typed anew; None leaves what is there, "" takes it away.

    Attributes:
        name, note, language: as kept. birthday: month and day.
    """

    name: str | None = None
    birthday: tuple[int, int] | None = None
    note: str | None = None
    language: str | None = None

    def check(self) -> None:
        """Refuse what can be refused before anything is read.

        Raises:
            UserError: "member_name_long", "member_note_long", "language_unknown".
        """
        check_name(self.name or "")
        if len(self.note or "") > LONGEST_NOTE:
            raise UserError("member_note_long", most=LONGEST_NOTE)
        if self.language and self.language not in LANGUAGES:
            raise UserError("language_unknown", language=self.language)

    def applied(
        self, profile: MemberProfile, day: BusinessDay, name_key: Callable[[str], str]
    ) -> MemberProfile:
        """Return a profile with what was typed.

        Raises:
            UserError: "member_birthday_shape" or "member_birthday_locked".
        """
        if self.name is not None:
            name = check_name(self.name)
            profile = replace(profile, name=name, name_key=name_key(name))
        if self.birthday is not None:
            born = set_birthday(profile.birthday, *self.birthday, day)
            profile = replace(profile, birthday=born)
        if self.note is not None:
            profile = replace(profile, note=self.note.strip())
        if self.language is not None:
            profile = replace(profile, language=self.language)
        return profile


class MemberChanges(MemberWork):
    """Changes profile, PIN, tags and consents; each change is one transaction."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        super().__init__(desk)
        self._credentials = credentials

    def edit(self, member_id: str, edit: ProfileEdit) -> Future[None]:
        """Change what is typed of a profile.

        Raises:
            UserError: "member_name_long", "member_note_long", "language_unknown";
                with the future "member_birthday_shape", "member_birthday_locked",
                "member_erased" or "member_unknown".
            ApprovalNeeded: "not_permitted".
        """
        edit.check()
        name_key = self._desk.vault.name_key
        return self._change(member_id, lambda x, day: edit.applied(x, day, name_key))

    def set_tags(self, member_id: str, tags: Sequence[str]) -> Future[None]:
        """Replace a member's own tags.

        Raises:
            UserError: "member_tag_long", "member_tags_many".
            ApprovalNeeded: "not_permitted".
        """
        kept = check_tags(tuple(tags))

        def work(unit: UnitOfWork, record: MemberRecord, _stamp: Stamp) -> list[str]:
            if record.member.tags == kept:
                return []
            unit.members.set_tags(member_id, kept)
            return ["tags"]

        return self._work(member_id, work)

    def set_staff(self, member_id: str, staff_id: str) -> Future[None]:
        """Say that a member is one of the staff; "" for a customer.

        Offers for staff are theirs from the next sale on, and reports tell a card of
        the staff from a customer's.

        Args:
            member_id: who.
            staff_id: of somebody who works here.

        Raises:
            UserError: "staff_unknown"; with the future "member_erased",
                "member_unknown" or "staff_is_member" with `member`: somebody has one
                card, else offers for staff would be given twice.
            ApprovalNeeded: "not_permitted".
        """
        working = {one.staff_id for one in self._desk.catalog.staff()}
        code = calling_code_of(self._desk.shop)

        def work(unit: UnitOfWork, record: MemberRecord, _stamp: Stamp) -> list[str]:
            if record.member.staff_id == staff_id:
                return []
            second = self._second(unit, member_id, staff_id)
            if second is not None:
                profile = self._open(second)
                phone = mask_phone(profile.phone, code) if profile.phone else ""
                shown = f"{mask_name(profile.name)} {phone}".strip()
                raise UserError("staff_is_member", member=shown)
            unit.members.set_staff(member_id, staff_id)
            return ["staff"]

        if staff_id and staff_id not in working:
            raise UserError("staff_unknown")
        return self._work(member_id, work)

    def _second(
        self, unit: UnitOfWork, member_id: str, staff_id: str
    ) -> MemberRecord | None:
        """Return another person who is said to be this one of the staff."""
        mine = unit.members.ids_of(member_id)
        others = (x for x in unit.members.of_staff(staff_id) if x not in mine)
        other = next(others, None)
        return unit.members.of(other) if other else None

    # ----------------------------------------------------------------------- PIN

    def set_pin(self, member_id: str, pin: str) -> Future[None]:
        """Keep the PIN that the customer typed, in place of any other.

        Raises:
            UserError: "member_pin_shape" with least and most, or "member_pin_weak".
        """
        if not (pin.isascii() and pin.isdecimal() and len(pin) in PIN_DIGITS):
            least, most = PIN_DIGITS[0], PIN_DIGITS[-1]
            raise UserError("member_pin_shape", least=least, most=most)
        if is_weak_pin(pin):
            raise UserError("member_pin_weak")
        return self._keep_pin(member_id, self._credentials.hash_pin(pin))

    def forget_pin(self, member_id: str) -> Future[None]:
        """Forget a PIN; the customer chooses another one, or does without."""
        return self._keep_pin(member_id, "")

    def _keep_pin(self, member_id: str, hashed: str) -> Future[None]:
        def work(unit: UnitOfWork, record: MemberRecord, _stamp: Stamp) -> list[str]:
            self._put(unit, record, replace(self._open(record), pin_hash=hashed))
            unit.set_lockout(SUBJECT + member_id, Lockout(0, None))
            return ["pin"]

        return self._work(member_id, work)

    # ------------------------------------------------------------------- consents

    def consent(
        self, member_id: str, purpose: Purpose, text_version: str, *, is_given: bool
    ) -> Future[None]:
        """Write down that somebody agreed to a text, or no longer does.

        For offers and groups the word to the shop goes with it (`services.opt_out`):
        both say the same from then on.

        Raises:
            UserError: with the future "member_consent_text" or
                "member_consent_not_given".
        """

        def work(unit: UnitOfWork, record: MemberRecord, stamp: Stamp) -> list[str]:
            entry = ConsentEntry(
                self._desk.ids.new(),
                member_id,
                purpose,
                text_version,
                is_given,
                stamp.at,
                stamp.actor,
            )
            before = record.member.consents
            ids = unit.members.ids_of(member_id)
            for what in [one for one in OptOut if CONSENT_OF[one] is purpose]:
                note_opt_out(unit, ids, what, stamp, is_out=not is_given)
            if before.with_entry(entry) == before:
                return []
            unit.members.add_consent(entry)
            verb = "given" if is_given else "withdrawn"
            return [f"consent_{purpose.value}_{verb}"]

        return self._work(member_id, work)


def is_weak_pin(pin: str) -> bool:
    """Tell whether a PIN is one that everybody tries first: 1111, 1234, 4321."""
    steps = {int(b) - int(a) for a, b in itertools.pairwise(pin)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
