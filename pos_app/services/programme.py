"""The members' programme in the back office: one version after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.earn_rule import (
    EarnLine,
    EarnOccasion,
    Multiplier,
    MultiplierKind,
)
from pos_app.domain.loyalty.earning import earn
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.unit_points import WeightedLine
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.desk import Desk
from pos_app.services.goods_above import goods_above
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class ProgrammeChange(CatalogChange):
    """Another version of the rules, checked; it changes the ledger, no catalogue.

    Attributes:
        programme: the rules then, with the number of the version they follow.
        approved_by: staff id of the second person; "" where one is enough.
    """

    programme: Programme
    approved_by: str


@dataclass(frozen=True, slots=True)
class Example:
    """What the rules make of one sale.

    Attributes:
        paid_minor: the sale. points: what it earns. worth_minor: what those buy.
        first_day, last_day: on which they can be given; None for ever.
    """

    paid_minor: int
    points: int
    worth_minor: int
    first_day: date
    last_day: date | None


class ProgrammeService:
    """Reads and changes the programme; used from the screen's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self) -> Programme:
        """Return the rules in force."""
        return self._desk.ledger.points.programme()

    def versions(self) -> Sequence[ProgrammeVersion]:
        """Return every version, the newest first."""
        return self._desk.ledger.points.programme_versions()

    def example(
        self, programme: Programme, paid_minor: int, more: Multiplier | None = None
    ) -> Example:
        """Return what rules make of a sale of one item, today, without a tier.

        Args:
            programme: the rules.
            paid_minor: the sale.
            more: whose goods are sold, when it holds first; None for any others.
        """
        zone, now = ZoneInfo(self._desk.shop.time_zone), self._desk.clock.now()
        life = programme.life
        end = life.expires_at(now, zone)
        points = 0
        if programme.earn is not None:
            goods = WeightedLine(1, 1000, is_by_piece=True, units=((1, paid_minor),))
            start = more.period.start if more else None
            moment = max(now, start) if start else now
            occasion = EarnOccasion(moment, paid_minor=paid_minor)
            line = self._line(goods, programme, more)
            points = earn(programme.earn, (line,), occasion).points
        burn = programme.burn
        return Example(
            paid_minor,
            points,
            burn.burn_of(points).amount_minor if burn else 0,
            life.active_at(now, zone).at(zone).date(),
            Timestamp(end.unix_ms - 1).at(zone).date() if end else None,
        )

    def _line(
        self, goods: WeightedLine, programme: Programme, more: Multiplier | None
    ) -> EarnLine:
        """Return the goods of a multiplier as a line, with the branch they are in."""
        if more is None:
            return EarnLine(goods)
        category, item_id = more.key, ""
        if more.kind is MultiplierKind.ITEM:  # an item, or one with its variants
            item_id = more.key
            item = self._desk.catalog.listing.item(item_id)
            category = (item.category_id if item else None) or ""
        above = goods_above(self._desk, programme).get(category, ())
        return EarnLine(goods, item_id, tuple(filter(None, (category, *above))))

    def changing(self, programme: Programme) -> ProgrammeChange:
        """Check new rules and who may bring them into force.

        Args:
            programme: with the number of the version that was looked at.

        Raises:
            ApprovalNeeded: "not_permitted"; two people, where the shop wants that.
            UserError: "programme_unchanged", "programme_stale", or what `checked`
                refuses.
        """
        if programme == self.current():
            raise UserError("programme_unchanged")
        checked(programme)
        cleared = self._desk.allow(Demand(Permission.LOYALTY, "programme"))
        stamp = self._desk.stamp()
        return ProgrammeChange(stamp, _nothing, programme, cleared.approved_by)

    def store(self, change: ProgrammeChange) -> bool:
        """Bring a version into force, from now on; on any thread but the core's.

        Raises:
            UserError: "programme_stale": somebody was quicker.
        """

        def work(unit: UnitOfWork) -> bool:
            bring_in(unit, change.programme, change.stamp, change.approved_by)
            return True

        return self._desk.ledger.submit(work).result()


def _nothing(_editor: ShopEditor) -> Sequence[JournalNote]:
    return ()


def bring_in(
    unit: UnitOfWork, programme: Programme, stamp: Stamp, approved_by: str = ""
) -> Programme:
    """Store the version after the one in force.

    Args:
        unit: the transaction.
        programme: with the number of the version that it follows.
        stamp: who, when.
        approved_by: the second person.

    Raises:
        UserError: "programme_stale".
    """
    if programme.version != unit.points.programme().version:
        raise UserError("programme_stale")
    made = replace(programme, version=programme.version + 1)
    unit.points.add_programme(
        ProgrammeVersion(made, stamp.at, stamp.actor, approved_by)
    )
    body: dict[str, object] = {"version": made.version, "approved_by": approved_by}
    unit.append(EntryKind.PROGRAMME_CHANGED, body, stamp)
    return made


def checked(programme: Programme) -> None:
    """Refuse rules that mean nothing.

    Raises:
        UserError: "programme_tier_unnamed", "programme_tier_doubled" (name),
            "programme_tiers_order", "programme_offers_order".
    """
    names = [tier.name.strip() for tier in programme.tiers]
    if not all(names):
        raise UserError("programme_tier_unnamed")
    doubled = [name for name in names if names.count(name) > 1]
    if doubled:
        raise UserError("programme_tier_doubled", name=doubled[0])
    asked = [tier.threshold for tier in programme.tiers]
    if asked != sorted(set(asked)) or any(one <= 0 for one in asked):
        raise UserError("programme_tiers_order")
    paid = [offer.paid_minor for offer in programme.value.offers]
    if paid != sorted(set(paid)):
        raise UserError("programme_offers_order")
