"""Which level of the drawer's switch means open: it differs between drawers."""

from __future__ import annotations

from pos_app.errors import UserError

#: The printer's option that keeps it: 0 for a low pin, 1 for a high one.
OPEN_LEVEL = "drawer_open_level"
#: The option that says how long a drawer may stand open, in seconds; 0 for ever.
ALARM_S = "drawer_alarm_s"
USUAL_ALARM_S = 60
LONGEST_ALARM_S = 3600


def open_level(*, when_open: bool | None, when_shut: bool | None) -> int:
    """Return the value of the option from two looks at the pin.

    Args:
        when_open: whether the pin was high while a person said the drawer was open.
        when_shut: the same while it was shut; None where the printer could not tell.

    Raises:
        UserError: "drawer_level_unknown" where the printer cannot tell,
            "drawer_level_same" where the drawer has no switch, or its cable no wire.
    """
    if when_open is None or when_shut is None:
        raise UserError("drawer_level_unknown")
    if when_open is when_shut:
        raise UserError("drawer_level_same")
    return int(when_open)
