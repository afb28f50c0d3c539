"""Makes the part of the slips with its page and the dialog that finds a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.picture_files import PictureFiles
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.slips import SlipsPart
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_slips import SlipsPage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_slips(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    part, page = SlipsPart(place), SlipsPage()
    files = PictureFiles(flow.window)
    page.modes.chosen.connect(part.on_mode)
    page.kind_chosen.connect(part.on_kind)
    page.undo.clicked.connect(part.on_undo)
    page.simple.switched.connect(part.on_switch)
    page.simple.words_written.connect(part.on_words)
    page.simple.paper_wanted.connect(flow.features.hardware.on_paper)
    page.logo.choose.clicked.connect(files.ask)
    files.fileSelected.connect(part.logo.on_path)
    page.logo.way_chosen.connect(part.logo.on_way)
    page.logo.remove.clicked.connect(part.logo.on_remove)
    page.logo.save.clicked.connect(part.logo.on_save_pressed)
    page.text.kind_chosen.connect(part.on_kind)
    page.text.text_edited.connect(part.on_text)
    page.text.save.clicked.connect(part.on_save)
    page.text.undo.clicked.connect(part.on_undo)
    page.text.built_in.clicked.connect(part.on_built_in)
    preview = page.preview
    preview.languages.chosen.connect(part.on_language)
    preview.papers.chosen.connect(part.on_paper)
    preview.sources.chosen.connect(part.on_source)
    preview.field_chosen.connect(page.text.edit.insert)
    return part, page
