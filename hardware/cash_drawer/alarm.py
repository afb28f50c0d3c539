"""How long a drawer may stand open before the till says so: an option of each."""

from __future__ import annotations

from pos_app.domain.drawer_level import ALARM_S, LONGEST_ALARM_S, USUAL_ALARM_S
from pos_app.i18n import N_
from pos_app.ports.devices import DriverOption, DriverOptionKind

DRAWER_ALARM = DriverOption(
    ALARM_S,
    N_("Warn when the drawer stands open for more than so many seconds; 0 for never"),
    DriverOptionKind.NUMBER,
    USUAL_ALARM_S,
    high=LONGEST_ALARM_S,
)
