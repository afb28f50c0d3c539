"""Makes the part of categories and quick keys with its page and dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.i18n import current_language
from ui.dialogs.category import CategoryDialog
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.shelves import ShelvesPart
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_shelves import ShelvesPage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_shelves(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    part, page = ShelvesPart(place), ShelvesPage()
    dialog = CategoryDialog(flow.window)
    flow.dialogs.own(dialog)
    page.page_chosen.connect(part.on_page)
    page.category_dropped.connect(part.on_category_dropped)
    page.board.chosen.connect(part.on_slot)
    page.board.moved.connect(part.on_moved)
    page.labels_typed.connect(part.on_labels)
    page.search_edited.connect(part.on_search)
    page.found_picked.connect(part.on_found)
    part.moved_by_key.connect(page.move_chosen)
    part.find_wanted.connect(page.seek)
    part.ask_seeking(lambda: page.is_seeking)
    page.action.connect(_actions(part, dialog))
    dialog.confirmed.connect(part.on_category)
    dialog.deleted.connect(part.on_category_deleted)
    part.category_refused.connect(dialog.show_problem)
    part.category_stored.connect(dialog.hide)
    return part, page


def _actions(part: ShelvesPart, dialog: CategoryDialog) -> Callable[[str], None]:
    """Return what serves the keys of the page."""

    def ask(*, is_new: bool) -> None:
        form, language = part.form(is_new=is_new), current_language()
        places = [
            (x.category_id, x.name_in(language))
            for x in part.categories
            if x.parent_id is None and x.category_id != form.category_id
        ]
        dialog.ask(form, places)

    does: dict[str, Callable[[], None]] = {
        "save": lambda: part.save(lambda: None),
        "undo": part.on_undo,
        "earlier": lambda: part.on_stepped(-1),
        "later": lambda: part.on_stepped(1),
        "off": part.on_taken_off,
        "up": lambda: part.on_category_stepped(-1),
        "down": lambda: part.on_category_stepped(1),
        "edit": lambda: ask(is_new=False),
        "add": lambda: ask(is_new=True),
    }
    return lambda name: does[name]()
