"""The checks of the shop folder in the order in which a doctor asks."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.persistence.checks import (
    database_checks,
    device_check,
    journal_check,
    member_check,
    place_check,
    promotion_check,
    shift_check,
    sums_check,
    template_check,
    till_checks,
)
from pos_app.persistence.checks.room import CheckRoom, RoomCheck
from pos_app.ports.health import HealthCheck


def shop_checks(room: CheckRoom) -> Sequence[HealthCheck]:
    """Return every check of a shop folder; the first ones explain the later ones."""
    looks = {
        "databases_open": database_checks.databases_open,
        "pages_sound": database_checks.pages_sound,
        "schema": database_checks.schema_newest,
        "journal_chain": journal_check.journal_chain,
        "sales": sums_check.sales_proven,
        "balances": sums_check.balances_proven,
        "shifts": shift_check.shifts_proven,
        "numbers": sums_check.numbers_gapless,
        "print_jobs": till_checks.print_jobs,
        "device_book": device_check.device_book,
        "clock": till_checks.clock,
        "disk": till_checks.disk,
        "ballast": till_checks.ballast,
        "backups": till_checks.backups,
        "second_place": place_check.second_place,
        "keys": till_checks.keys,
        "templates": template_check.templates,
        "promotions": promotion_check.promotions,
        "members": member_check.members,
    }
    return tuple(RoomCheck(name, look, room) for name, look in looks.items())
