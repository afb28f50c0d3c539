"""Makes the back office's part of training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.screens.back_office_page import BackOfficePage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_training(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    from ui.presenters.training_part import TrainingPart
    from ui.screens.office_training import TrainingPage

    part, page = TrainingPart(place), TrainingPage()
    page.enter_pressed.connect(flow.training_wanted)
    page.person_chosen.connect(part.choose)
    return part, page
