"""People and rules of the back office: lists, forms, a new PIN, a new badge."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill
from ui.presenters.office_form import FormPart


class PeopleScenes:
    """Plays with an empty till and a manager signed on.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand
        self._flow = place.screen.flow

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._hand.look()
        self._hand.press("tab_office")
        self._hand.press("go-people")
        yield "office_people"
        self._scroll_down()
        yield "office_people_entry"
        self._part.on_act("pin")
        yield "dialog_new_pin"
        self._hand.press("dialogClose")
        self._part.on_act("badge")
        yield "dialog_new_badge"
        self._hand.press("dialogClose")
        self._part.on_view("roles")
        yield "office_roles"
        self._scroll_down()
        yield "office_roles_permissions"
        self._hand.press("go-rules")
        for view in ("taxes", "tenders", "reasons"):
            self._part.on_view(view)
            yield f"office_{view}"
        self._hand.press("tab_sale")

    @property
    def _part(self) -> FormPart:
        part = self._flow.features.back_office.part
        assert isinstance(part, FormPart)
        return part

    def _scroll_down(self) -> None:
        from ui.screens.office_form import OfficeFormPage

        self._hand.look()
        for page in self._flow.window.findChildren(OfficeFormPage):
            if page.isVisible():
                bar = page.area.verticalScrollBar()
                bar.setValue(bar.pageStep())
