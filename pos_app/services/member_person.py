"""One person in full: looked at for a purpose, or handed out as a file.

Source: PIPL article 45 and GDPR articles 15 and 20: a person may have everything that
is held of them, in a form that can be read and passed on. Each look is journalled with
who, whom and what for (law 14).
"""

from __future__ import annotations

import json
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from pos_app.domain.codec import sale_to_journal, to_plain
from pos_app.domain.journal import EntryKind
from pos_app.domain.member.member import MemberProfile
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.members import MemberRecord
from pos_app.services.desk import Desk
from pos_app.services.member_pages import MemberPages
from pos_app.values.times import Timestamp

Answer = TypeVar("Answer")
#: Tickets of one person that are handed out; more are no person.
MOST_SALES = 20_000
MOST_ENTRIES = 5_000
FORMAT = "guitai person 1"
#: What the journal tells of somebody who is looked at.
PERSON_KINDS = tuple(
    kind.value
    for kind in (
        EntryKind.MEMBER_ENROLLED,
        EntryKind.MEMBER_CHANGED,
        EntryKind.MEMBER_MERGED,
        EntryKind.MEMBER_REVEALED,
        EntryKind.MEMBER_ERASED,
    )
)


class LookPurpose(StrEnum):
    """What somebody is looked at in full for; the journal keeps the word."""

    REQUEST = "request"  # the person asks for it
    CONTACT = "contact"  # about an order or a promise
    CORRECTION = "correction"
    DISPUTE = "dispute"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class FullLook:
    """What is personal of one member, in full.

    Attributes:
        member_id: whose. profile: all of it; never kept by a screen that was left.
    """

    member_id: str
    profile: MemberProfile = field(repr=False)


class MemberPerson:
    """Shows and hands out what the shop holds of one person."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages = MemberPages(desk)

    def look(self, member_id: str, purpose: LookPurpose) -> Future[FullLook]:
        """Look at one member in full; journalled before anything is shown.

        Raises:
            UserError: "member_unknown" or "member_erased".
            ApprovalNeeded: "not_permitted".
        """
        record = self._record(member_id)
        profile = self._pages.profile(record)
        self._desk.allow(Demand(Permission.MEMBER_REVEAL, subject=member_id))
        return self._noted(member_id, purpose, "look", FullLook(member_id, profile))

    def export(self, member_id: str, purpose: LookPurpose) -> Future[dict[str, Any]]:
        """Return everything that the shop holds of a person, as JSON values.

        Merged ids are one person. A person who was erased has no more than ids.

        Raises:
            UserError: "member_unknown" or "member_erased".
            ApprovalNeeded: "not_permitted".
        """
        self._record(member_id)
        self._desk.allow(Demand(Permission.MEMBER_REVEAL, subject=member_id))
        whole = self.whole(member_id)
        return self._noted(member_id, purpose, "export", whole)

    def whole(self, member_id: str) -> dict[str, Any]:
        """Return everything of a person, without a word in the journal."""
        ledger = self._desk.ledger
        ids = ledger.members.ids_of(member_id)
        records = ledger.members.records(ids)
        return {
            "format": FORMAT,
            "made_at": str(self._desk.clock.now()),
            "shop": self._desk.shop.name,
            "person": [self._member(record) for record in records],
            "points": self._points(ids),
            "coupons": self._coupons(ids),
            "stored_value": self._value(ids),
            "campaigns": self._campaigns(ids),
            "purchases": self._sales(ids),
            "journal": [
                {
                    "what": entry.kind,
                    "at": str(Timestamp(entry.at_ms)),
                    "by": entry.actor,
                    "facts": json.loads(entry.body),
                }
                for entry in ledger.members.entries_of(ids, PERSON_KINDS, MOST_ENTRIES)
            ],
        }

    # -------------------------------------------------------------------- inside

    def _member(self, record: MemberRecord) -> dict[str, Any]:
        member, profile = record.member, self._pages.profile(record)
        members = self._desk.ledger.members
        born, phone = profile.birthday, profile.phone
        return {
            "member_id": member.member_id,
            "number": str(member.number),
            "enrolled_at": str(member.enrolled_at),
            "last_visit": str(record.last_visit) if record.last_visit else None,
            "source": member.source,
            "name": profile.name,
            "phone": phone.e164 if phone else None,
            "birthday": f"{born.month:02}-{born.day:02}" if born else None,
            "note": profile.note,
            "language": profile.language,
            "has_pin": bool(profile.pin_hash),
            "tags": list(member.tags),
            "consents": [to_plain(entry) for entry in member.consents.entries],
            "cards": [
                {
                    "card": card.shown,
                    "since": str(card.since),
                    "until": str(card.until) if card.until else None,
                }
                for card in members.cards(member.member_id)
            ],
            "phones_with_codes": [
                {
                    "key": token.public_key.hex(),
                    "since": str(token.added_at),
                    "until": str(token.withdrawn_at) if token.withdrawn_at else None,
                }
                for token in member.tokens
            ],
            "numbers_held": [
                {
                    "since": str(held.since),
                    "until": str(held.until) if held.until else None,
                    "why": held.end.value if held.end else None,
                }
                for held in members.holdings(member.member_id)
            ],
        }

    def _points(self, ids: tuple[str, ...]) -> dict[str, Any]:
        points = self._desk.ledger.points
        whole = points.whole(ids)
        return {
            "left": sum(points.balances(ids).values()),
            "lots": [to_plain(lot) for lot in whole.lots.values()],
            "moves": [to_plain(move) for move in whole.moves.values()],
            "tiers": [to_plain(move) for move in points.tier_moves(ids)],
        }

    def _coupons(self, ids: tuple[str, ...]) -> list[dict[str, Any]]:
        coupons = self._desk.ledger.coupons
        return [
            {
                "coupon_id": coupon.coupon_id,
                "template": coupon.issued.template_id,
                "state": coupon.state.value,
                "issued_at": str(coupon.issued.stamp.at),
                "until": str(coupon.window.end) if coupon.window.end else None,
                "used_in": coupon.redeemed.sale_id if coupon.redeemed else None,
            }
            for coupon in coupons.of_member(ids, all_too=True)
        ]

    def _value(self, ids: tuple[str, ...]) -> list[dict[str, Any]]:
        value = self._desk.ledger.stored_value
        return [
            {
                "account": to_plain(row),
                "moves": [to_plain(move) for move in value.moves(row.account_id)],
            }
            for row in value.wallets(ids)
        ]

    def _campaigns(self, ids: tuple[str, ...]) -> dict[str, Any]:
        campaigns = self._desk.ledger.campaigns
        return {
            "groups": list(campaigns.tags_of(ids)),
            "rewards": [to_plain(gift) for gift in campaigns.gifts_of(ids)],
            "brought_by": [x for x in map(campaigns.referrer_of, ids) if x],
        }

    def _sales(self, ids: tuple[str, ...]) -> list[dict[str, Any]]:
        ledger = self._desk.ledger
        sales = (ledger.sale(x) for x in ledger.members.sales_of(ids, MOST_SALES))
        return [sale_to_journal(sale) for sale in sales if sale is not None]

    def _record(self, member_id: str) -> MemberRecord:
        record = self._desk.ledger.members.of(member_id)
        if record is None:
            raise UserError("member_unknown")
        if record.sealed.is_erased:
            raise UserError("member_erased")
        return record

    def _noted(
        self, member_id: str, purpose: LookPurpose, how: str, answer: Answer
    ) -> Future[Answer]:
        """Write down the look, then hand the answer over."""
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> Answer:
            body = {"member": member_id, "reason": purpose.value, "how": how}
            unit.append(EntryKind.MEMBER_REVEALED, body, stamp)
            return answer

        return self._desk.record(work)
