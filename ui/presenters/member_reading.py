"""One member as the tabs show it, read behind the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from zoneinfo import ZoneInfo

from pos_app.domain.member.member import MemberProfile
from pos_app.domain.sale import Sale
from pos_app.i18n import _, current_language
from pos_app.ports.campaigns import OptOut
from pos_app.ports.member_admin import MemberEntry
from pos_app.services.counter import Counter
from pos_app.services.desk import Desk
from pos_app.services.member_merge import HeldMerge, MemberMerging
from pos_app.services.member_pages import MemberDetail, MemberPages
from pos_app.services.member_person import PERSON_KINDS
from pos_app.services.opt_out import is_opted_out
from pos_app.values.times import Timestamp
from ui.format import money
from ui.presenters.member_purse import (
    MemberCoupon,
    PurseTerms,
    coupons_of,
    purse_terms,
)

_MOST_SALES, _MOST_ENTRIES = 30, 60


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """What is typed of a member; "" leaves what is there, but for tags and staff."""

    name: str = field(default="", repr=False)
    birthday: str = ""
    note: str = field(default="", repr=False)
    tags: str = ""
    staff: str = ""
    language: str = ""
    phone: str = field(default="", repr=False)
    card: str = field(default="", repr=False)
    points: str = ""
    why: str = ""
    template: str = ""

    @property
    def to_save(self) -> tuple[str, ...]:
        """What the form's own key stores; the rest is taken by the key beside it."""
        profile = (self.name, self.birthday, self.note, self.language)
        return (*profile, self.tags, self.staff)

    @property
    def by_key(self) -> tuple[str, ...]:
        """What waits for the key beside it."""
        return (self.phone, self.card, self.points, self.why, self.template)

    def saved_as(self, stored: MemberDraft) -> MemberDraft:
        """Return what is stored, with what still waits for its key."""
        phone, card, points, why, template = self.by_key
        return replace(
            stored, phone=phone, card=card, points=points, why=why, template=template
        )


@dataclass(frozen=True, slots=True)
class OpenMember:
    """Everything that the tabs show of the one member that is open.

    Attributes:
        detail: masked. facts: of balances, in words. sales: rows of purchases.
        entries: of the journal. merges: that hold. staff: names by id. working: ids of who works here.
        refused: in what they want no part.
        zone: of the shop. coupons: all of them, in words. terms: what may be chosen.
        shown: in full, for as long as the member is open.
    """

    detail: MemberDetail
    balances: tuple[tuple[str, str], ...]
    sales: tuple[tuple[str, str], ...]
    entries: tuple[MemberEntry, ...]
    merges: tuple[HeldMerge, ...]
    staff: tuple[tuple[str, str], ...]
    refused: tuple[OptOut, ...]
    zone: tzinfo
    working: frozenset[str] = frozenset()
    coupons: tuple[MemberCoupon, ...] = ()
    terms: PurseTerms = PurseTerms()  # noqa: RUF009 - frozen value
    shown: MemberProfile | None = field(default=None, repr=False)

    @property
    def draft(self) -> MemberDraft:
        """What the form begins with."""
        member = self.detail.member
        return MemberDraft(
            tags=", ".join(member.tags),
            staff=member.staff_id,
            language=self.detail.language,
        )

    @property
    def colleagues(self) -> tuple[tuple[str, str], ...]:
        """Who the member may be of the staff: who works here, and who it was."""
        known = {*self.working, self.detail.member.staff_id}
        return tuple((key, name) for key, name in self.staff if key in known)


def reading(counter: Counter, member_id: str) -> Callable[[], OpenMember]:
    """Return what reads one member, on any thread.

    Args:
        counter: asked now for what belongs to its own thread.
        member_id: who.
    """
    desk, language = counter.desk, current_language()
    terms = purse_terms(counter, language)
    pages, merging = MemberPages(desk), MemberMerging(desk)
    shop, ledger = desk.shop, desk.ledger
    zone, currency, now = (
        ZoneInfo(shop.time_zone),
        shop.rules.currency,
        desk.clock.now(),
    )
    staff = tuple((x.staff_id, x.name) for x in desk.catalog.everybody())
    working = frozenset(x.staff_id for x in desk.catalog.staff())

    def read() -> OpenMember:
        detail = pages.detail(member_id)
        ids = detail.ids
        return OpenMember(
            detail=detail,
            balances=_balances(desk, ids, now, currency),
            sales=tuple(
                (
                    sale.number,
                    _ticket(sale, zone, currency),
                )
                for sale in map(ledger.sale, ledger.members.sales_of(ids, _MOST_SALES))
                if sale is not None
            ),
            entries=tuple(ledger.members.entries_of(ids, PERSON_KINDS, _MOST_ENTRIES)),
            merges=merging.held(member_id),
            staff=staff,
            refused=tuple(one for one in OptOut if is_opted_out(ledger, ids, one)),
            zone=zone,
            working=working,
            coupons=coupons_of(desk, ids, now, zone, language),
            terms=terms,
        )

    return read


def _balances(
    desk: Desk, ids: tuple[str, ...], now: Timestamp, currency: str
) -> tuple[tuple[str, str], ...]:
    ledger = desk.ledger
    balance = ledger.points.balance(ids, now)
    value = ledger.stored_value
    accounts = [value.account(x.account_id) for x in value.wallets(ids)]
    coupons = ledger.coupons.of_member(ids)
    return (
        (_("Points to use"), f"{balance.active:,}"),
        (_("Points that wait"), f"{balance.pending:,}"),
        (_("Points owed"), f"{balance.debt:,}"),
        (_("Coupons to use"), str(len(coupons))),
        (_("Wallet"), money(sum(x.paid_minor for x in accounts), currency)),
        (_("Of it, bonus"), money(sum(x.bonus_minor for x in accounts), currency)),
    )


def moment_words(moment: Timestamp, zone: tzinfo) -> str:
    """Return a moment on the shop's clock."""
    return f"{moment.at(zone):%Y-%m-%d %H:%M}"


def _ticket(sale: Sale, zone: tzinfo, currency: str) -> str:
    return f"{moment_words(sale.ended_at, zone)} · {money(sale.due_minor, currency)}"
