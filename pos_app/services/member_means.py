"""What a member is recognised by: the number, cards, phones with codes."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.masking import mask_code
from pos_app.domain.member.phone import read_phone
from pos_app.domain.member.phone_holding import HoldingEnd, PhoneHolding
from pos_app.domain.member.phone_key import read_phone_key
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.members import MemberCard, MemberRecord
from pos_app.services.member_codes import check_foreign_card
from pos_app.services.member_phone import release_phone
from pos_app.services.member_work import MemberWork
from pos_app.services.shop_region import region_of


class MemberMeans(MemberWork):
    """Changes what a member is recognised by; each change is one transaction."""

    # --------------------------------------------------------------------- phone

    def change_phone(
        self,
        member_id: str,
        text: str,
        *,
        is_sure: bool = False,
        is_reissued: bool = False,
    ) -> Future[None]:
        """Give a member another number.

        Args:
            member_id: who.
            text: the number as typed.
            is_sure: no plan knows it, and somebody looked at it.
            is_reissued: the operator gave the number of another member to this one.

        Raises:
            UserError: what `read_phone` says; with the future
                "member_phone_taken" with `member`.
            ApprovalNeeded: "not_permitted".
        """
        phone = read_phone(text, region_of(self._desk.shop), is_sure=is_sure)
        vault = self._desk.vault

        def work(unit: UnitOfWork, record: MemberRecord, stamp: Stamp) -> list[str]:
            profile = self._open(record)
            if profile.phone == phone:
                return []
            index = vault.phone_index(phone)
            owner = unit.members.by_phone(index)
            claim = PhoneHolding(index, member_id, stamp.at)
            seen = vault.newcomer_digest(phone)
            unit.members.take_phone(claim, seen, is_reissued=is_reissued)
            if owner is not None and owner != member_id:
                release_phone(unit, vault, owner, stamp.at, HoldingEnd.REISSUED)
                body = {"member": owner, "fields": ["phone"], "why": "reissued"}
                unit.append(EntryKind.MEMBER_CHANGED, body, stamp)
            self._put(unit, record, replace(profile, phone=phone))
            return ["phone"]

        return self._work(member_id, work)

    def release_phone(self, member_id: str) -> Future[None]:
        """Let a number go: the operator gave it to somebody who is no member yet."""

        def work(unit: UnitOfWork, record: MemberRecord, stamp: Stamp) -> list[str]:
            if self._open(record).phone is None:
                return []
            vault = self._desk.vault
            release_phone(unit, vault, member_id, stamp.at, HoldingEnd.REISSUED)
            return ["phone"]

        return self._work(member_id, work)

    # ----------------------------------------------------------- cards and phones

    def add_card(self, member_id: str, code: str) -> Future[None]:
        """Take a card of another make over.

        Raises:
            UserError: what `check_foreign_card` says; with the future
                "member_card_taken".
        """
        plain = check_foreign_card(code)
        index = self._desk.vault.card_index(plain)

        def work(unit: UnitOfWork, _record: MemberRecord, stamp: Stamp) -> list[str]:
            if unit.members.by_card(index) == member_id:
                return []
            card = MemberCard(index, mask_code(plain), stamp.at)
            unit.members.add_card(member_id, card)
            return ["card_added"]

        return self._work(member_id, work)

    def withdraw_card(self, member_id: str, index: bytes) -> Future[None]:
        """Let a card go: it was lost."""

        def work(unit: UnitOfWork, _record: MemberRecord, stamp: Stamp) -> list[str]:
            unit.members.withdraw_card(member_id, index, stamp.at)
            return ["card_withdrawn"]

        return self._work(member_id, work)

    def add_token(self, member_id: str, code: str) -> Future[None]:
        """Register a phone whose public key was scanned.

        Raises:
            UserError: "member_token_shape"; with the future "member_token_known" or
                "member_tokens_many".
        """
        key = read_phone_key(code)

        def work(unit: UnitOfWork, record: MemberRecord, stamp: Stamp) -> list[str]:
            unit.members.put_tokens(record.member.with_token(key, stamp.at))
            return ["phone_added"]

        return self._work(member_id, work)

    def withdraw_token(self, member_id: str, key: bytes) -> Future[None]:
        """Take no more codes of a phone: it was lost or replaced."""

        def work(unit: UnitOfWork, record: MemberRecord, stamp: Stamp) -> list[str]:
            unit.members.put_tokens(record.member.without_token(key, stamp.at))
            return ["phone_withdrawn"]

        return self._work(member_id, work)
