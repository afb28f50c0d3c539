"""The part of labels: which are due, how they look, where they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override

from pos_app.documents.label_forms import OPTIONAL, LabelUse, forms_for
from pos_app.domain.item import SellingUnit
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import LANGUAGES, _
from pos_app.services.label_making import LabelWish
from pos_app.services.label_settings import LabelSettings
from ui import tasks
from ui.format import day_text, quantity
from ui.keymap import Action
from ui.messages import explain
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.label_list import use_words, uses_of
from ui.presenters.label_prints import LabelPrints
from ui.presenters.label_words import field_words, language_words
from ui.presenters.labels_state import (
    LabelFormsView,
    LabelsState,
    LabelsTab,
    LabelView,
)
from ui.presenters.unit_name import unit_name

#: What the part opens with, before an id: an item, or a document's goods.
ITEM, DOCUMENT, UNITS = "item:", "document:", "units:"


class LabelsPart(LabelPrints):
    """Chooses labels, shows how they will look, and prints them."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self._png, self._problem = b"", ""
        self._weight, self._drawn = "", 0
        self._shows_forms = False

    @override
    def begin(self, subject: str = "") -> None:
        """Open the part; with goods of an item, a document or a choice."""
        if subject.startswith(ITEM):
            self._add_item(subject.removeprefix(ITEM))
        elif subject.startswith(DOCUMENT):
            document_id = subject.removeprefix(DOCUMENT)
            self._add(self._labels.wishes_of_document(document_id, each=True))
        elif subject.startswith(UNITS):
            units = subject.removeprefix(UNITS).split(",")
            self._add([LabelWish(unit_id) for unit_id in units if unit_id])
        self.look()

    def _add_item(self, item_id: str) -> None:
        item = self.work.counter.desk.catalog.listing.item(item_id)
        if item is not None:
            self._add([LabelWish(item.units[0].unit_id)])

    def _add(self, wishes: Sequence[LabelWish]) -> None:
        self.list.tab, self.list.search = LabelsTab.GOODS, ""
        self.key = self.list.add(wishes) or self.key

    # --------------------------------------------------------------- what to show

    @property
    @override
    def state(self) -> LabelsState:
        shown, printer = self.list, self._labels.printer
        words = _(
            "No label printer is set up: take a PDF for any office printer, or slip paper"
        )
        if printer is not None:
            words = printer.name or _("Label printer")
        return LabelsState(
            tab=shown.tab,
            search=shown.search,
            rows=shown.rows(),
            chosen=self.key,
            day=day_text(shown.day),
            label=self._label_view(),
            total=sum(wish.count for wish in shown.wishes()),
            forms=self._forms_view() if self._shows_forms else None,
            printer=words,
            has_printer=printer is not None,
            can_repeat=bool(self._labels.last_printed()),
            is_working=self.is_working,
        )

    def _label_view(self) -> LabelView | None:
        wish = self.list.wish(self.key)
        unit = self.list.unit(wish) if wish else None
        if wish is None or unit is None:
            return None
        is_chosen = self.list.tab is LabelsTab.GOODS
        uses = uses_of(unit) if is_chosen else ()
        is_weighed = is_chosen and wish.use is LabelUse.WEIGHED
        return LabelView(
            title=unit_name(unit),
            below=" · ".join(x for x in (unit.sku, unit.barcode) if x),
            png=self._png,
            uses=tuple((use.value, use_words(use)) for use in uses),
            use=wish.use.value,
            count=wish.count if is_chosen else 0,
            weight=self._weight if is_weighed else None,
            weight_problem=self._problem if is_weighed else "",
            can_remove=is_chosen,
        )

    def _forms_view(self) -> LabelFormsView:
        settings = self._labels.settings
        forms = forms_for(LabelUse.SHELF)
        fields = (
            (x.value, field_words(x), x not in settings.hidden_fields) for x in OPTIONAL
        )
        tongues = ((tag, language_words(tag)) for tag in ("", *LANGUAGES))
        return LabelFormsView(
            shelf_forms=tuple((form.key, _(form.name)) for form in forms),
            shelf_form=settings.shelf_form,
            fields=tuple(fields),
            languages=tuple(tongues),
            language=settings.label_language,
        )

    # --------------------------------------------------------------- the preview

    @override
    def look(self) -> None:
        """Read the list anew, keep a row chosen, and draw it."""
        self.list.look()
        self._choose(self.key)

    def _choose(self, key: str) -> None:
        rows = [x.key for x in self.list.rows() if not self.list.is_found(x.key)]
        is_other = key != self.key
        self.key = key if key in rows else next(iter(rows), "")
        wish = self.list.wish(self.key)
        if is_other or wish is None or wish.use is not LabelUse.WEIGHED:
            weight = wish.weight if wish else None
            self._weight = quantity(weight) if weight is not None else ""
        self._draw(wish)
        self.changed.emit()

    def _draw(self, wish: LabelWish | None) -> None:
        self._drawn += 1
        self._png, self._problem = b"", ""
        if wish is None:
            return
        try:
            (label,) = self._labels.labels([wish])
        except GuitaiError as error:
            self._problem = explain(error, self.work.currency).sentence
            return
        asked, language = self._drawn, self._labels.language
        draw = self.work.upkeep.draw_label
        task = self.place.runner.run(lambda: (asked, draw(label, language)))
        task.then(self._on_drawn).otherwise(self.frame.refuse)

    def _on_drawn(self, drawn: tuple[int, bytes]) -> None:
        asked, png = drawn
        if asked == self._drawn:
            self._png = png
            self.changed.emit()

    # ------------------------------------------------------------- what is chosen

    def on_tab(self, key: str) -> None:
        """Another list."""
        self.list.tab, self.list.days_on = LabelsTab(key), 1
        self.list.search = ""
        self.look()

    def on_search(self, text: str) -> None:
        """Something was typed into the search."""
        self.list.search = text.strip()
        self.changed.emit()

    def on_day(self, days: int) -> None:
        """Another day to come; 0 for tomorrow."""
        self.list.days_on = max(0, self.list.days_on + days) if days else 1
        self.look()

    def on_row(self, key: str) -> None:
        """A row was chosen, or goods found are wanted on the list."""
        self._choose(self.list.add_found(key) if self.list.is_found(key) else key)

    def on_count(self, by: int) -> None:
        """More or fewer."""
        self.list.change_count(self.key, by)
        self.changed.emit()

    def on_use(self, use: str) -> None:
        """Another kind of label."""
        self.list.change_use(self.key, LabelUse(use))
        self._weight = ""
        self._choose(self.key)

    def on_weight(self, _key: str, text: object) -> None:
        """A net weight was typed."""
        self._weight = str(text)
        try:
            self.list.change_weight(self.key, self._weight)
        except UserError as error:
            self.list.change_weight(self.key, "")
            self._draw(None)
            self._problem = explain(error, self.work.currency).sentence
            self.changed.emit()
            return
        self._choose(self.key)

    def on_remove(self) -> None:
        """The chosen row is not wanted."""
        self.list.remove(self.key)
        self._choose("")

    def on_repeat(self) -> None:
        """Put the shelf labels printed last on the list."""
        self._add(self._labels.last_printed())
        self.look()

    # ------------------------------------------------------------- how they look

    def on_forms(self) -> None:
        """Show how labels look, or the preview again."""
        self._shows_forms = not self._shows_forms
        self.changed.emit()

    def on_setting(self, key: str, value: object) -> None:
        """Change how labels look: a form, the language."""
        self.frame.attempt(lambda: self._change(**{key: value}))

    def on_field(self, key: str, is_shown: object) -> None:
        """Put a field on the labels, or leave it out."""
        hidden = set(self._labels.settings.hidden) - {key}
        if not is_shown:
            hidden.add(key)
        self.frame.attempt(lambda: self._change(hidden=tuple(sorted(hidden))))

    def _change(self, **changes: object) -> None:
        task = tasks.watch(self._labels.begin_change(**changes))
        task.then(self._on_changed).otherwise(self.on_refused)

    def _on_changed(self, settings: LabelSettings) -> None:
        self._labels.adopt(settings)
        self._choose(self.key)

    # ---------------------------------------------------------------- what is asked

    @override
    def takes_scan(self, code: str) -> bool:
        """Put what is scanned on the list, once more each time."""
        if self.list.tab is not LabelsTab.GOODS:
            return False
        return self.takes_goods(code, self._take)

    def _take(self, unit: SellingUnit) -> None:
        self._add([LabelWish(unit.unit_id)])
        self._choose(unit.unit_id)

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.ESCAPE and self._shows_forms:
            self.on_forms()
            return True
        if action is Action.DELETE and self.list.tab is LabelsTab.GOODS:
            self.on_remove()
            return True
        return False
