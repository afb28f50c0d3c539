"""What a customer tells to become a member."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.member.consent import Purpose

#: The words of consent that a new member agrees to, as they are shown today.
CONSENT_TEXT = "2026-11"


@dataclass(frozen=True, slots=True)
class EnrolDraft:
    """What a customer tells to become a member.

    Attributes:
        phone: as typed; "" for a member with a card only.
        name: as they write it; may be empty.
        birthday: (month, day); None where it is not told.
        source: where from: a poster, a clerk's number; may be empty.
        referrer: the code, card or phone of the friend who sent them; "" for nobody.
        purposes: what they agree to; membership is always one.
        refused: what they were asked for and do not want.
        text_version: names the words that were shown.
        card: a card of another make that is taken over; "" for none.
        tags: the shop's words.
        is_sure: the number is right although no network is known to have it.
        is_reissued: the operator gave the number to another person, who proved it.
        staff_id: of the one of the staff who this is; "" for a customer.
    """

    phone: str
    name: str = ""
    birthday: tuple[int, int] | None = None
    source: str = ""
    referrer: str = ""
    purposes: tuple[Purpose, ...] = (Purpose.MEMBERSHIP,)
    refused: tuple[Purpose, ...] = ()
    text_version: str = CONSENT_TEXT
    card: str = ""
    tags: tuple[str, ...] = ()
    is_sure: bool = False
    is_reissued: bool = False
    staff_id: str = ""
