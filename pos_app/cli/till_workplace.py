"""What the screen works with, around an open till: services, upkeep, training's door."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.ports.sounds import SoundPlayer
from pos_app.services.sounds import SILENT, SoundBoard
from ui.presenters.workplace import Workplace


def heard_workplace(
    till: Till, player: SoundPlayer, beep: Callable[[], None]
) -> Workplace:
    """Return what the screen works with, with sounds as the settings say.

    Args:
        till: the open till.
        player: plays the sounds.
        beep: the machine's own sound, where the player cannot.
    """
    with suppress(OSError):  # without it the display shows the shop's name
        till.folder.customer.mkdir(exist_ok=True)
    board = SoundBoard(player, till.settings, till.options.clock, beep)
    return workplace(till, board.error, board)


def workplace(
    till: Till, beep: Callable[[], None], sounds: SoundBoard = SILENT
) -> Workplace:
    """Return what the screen works with, around an open till.

    Args:
        till: the open till.
        beep: the sound of a problem.
        sounds: the other sounds.
    """
    # Late: needed with the window only.
    from hardware.printer.late_raster import LateRasteriser
    from pos_app.cli.training_door import OpenDoor

    rasteriser = LateRasteriser()
    upkeep = TillUpkeep(till, rasteriser)
    door = OpenDoor(till, rasteriser, beep, sounds)
    return Workplace(
        till.counter,
        upkeep,
        till.was_clean,
        till.is_sound,
        beep,
        door=door,
        customer_pictures=till.folder.customer,
        sounds=sounds,
    )
