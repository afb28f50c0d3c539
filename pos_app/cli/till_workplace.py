"""What the screen works with, around an open till: services, upkeep, training's door."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from ui.presenters.workplace import Workplace


def workplace(till: Till, beep: Callable[[], None]) -> Workplace:
    """Return what the screen works with, around an open till."""
    # Late: Pillow, fonts and barcodes are needed with the window only.
    from hardware.printer.raster import PillowRasteriser
    from pos_app.cli.training_door import OpenDoor

    rasteriser = PillowRasteriser()
    upkeep = TillUpkeep(till, rasteriser)
    door = OpenDoor(till, rasteriser, beep)
    return Workplace(
        till.counter,
        upkeep,
        till.was_clean,
        till.is_sound,
        beep,
        door=door,
        customer_pictures=till.folder.customer,
    )
