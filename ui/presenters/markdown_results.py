"""What became of goods that were marked down: sold, left over, and what that cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.markdown_report import MarkedShare, together
from pos_app.i18n import N_, _, plural
from ui.format import amount
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeRow,
    Option,
)

if TYPE_CHECKING:
    from ui.presenters.markdown import MarkdownPart

_ALL = "all"
_DAYS = (7, 28, 91)


class ResultBook(OfficeBook[MarkedShare]):
    """Lists the goods whose last day was in the last days, the most left first."""

    key = "results"
    title = N_("Sold and left")
    icon = "chart-bar"
    empty = N_("No marked-down goods ended in these days")
    can_order = False
    can_save = False
    part: MarkdownPart

    def __init__(self, part: MarkdownPart) -> None:
        super().__init__(part)
        self._found: dict[str, tuple[MarkedShare, ...]] = {}
        self._asked: set[str] = set()
        self._shown = ""

    def forget(self) -> None:
        """Ask the ledger anew when it is looked at next."""
        self._found, self._asked = {}, set()

    # ------------------------------------------------------------------ reading

    @override
    def filters(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(x), plural("{count} day", "{count} days", x)) for x in _DAYS)

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        self._shown = wanted or str(_DAYS[0])
        self._ask(self._shown)
        found = self._found.get(self._shown, ())
        return tuple(self._row(key, x) for key, x in self._shares(found).items())

    @staticmethod
    def _shares(found: Sequence[MarkedShare]) -> dict[str, MarkedShare]:
        if not found:
            return {}
        whole = replace(together(found), name=_("All goods"))
        return {_ALL: whole, **{f"sku/{x.sku}": x for x in found}}

    def _row(self, key: str, share: MarkedShare) -> OfficeRow:
        parts = [
            _("{count} labelled", count=share.labelled),
            _("{count} sold", count=share.sold),
        ]
        if share.waiting:
            parts.append(_("{count} not sold yet", count=share.waiting))
        if share.left:
            parts.append(_("{count} left", count=share.left))
        return OfficeRow(key, share.name, " · ".join(parts), self._amount(share))

    def _amount(self, share: MarkedShare) -> str:
        return amount(share.earned_minor, self.work.currency)

    def _ask(self, days: str) -> None:
        """Let the ledger be asked beside the screen, once."""
        if days in self._asked:
            return
        self._asked.add(days)
        ask: Callable[[], tuple[MarkedShare, ...]] = self.part.service.results.asking(
            int(days)
        )

        def take(found: tuple[MarkedShare, ...]) -> None:
            self._found[days] = found
            self.part.changed.emit()

        task = self.part.place.runner.run(ask)
        task.then(take).otherwise(self.part.on_refused)
        task.after_bug(self.part.on_stopped)

    @override
    def read(self, key: str) -> MarkedShare | None:
        return self._shares(self._found.get(self._shown, ())).get(key)

    @override
    def name(self, draft: MarkedShare) -> str:
        return draft.name

    @override
    def note(self, draft: MarkedShare) -> str:
        return draft.sku

    @override
    def fields(self, draft: MarkedShare, *, is_new: bool) -> Sequence[FieldView]:
        del is_new
        facts = tuple(Option(a, b) for a, b in self._facts(draft))
        fields = [FieldView(FieldKind.FACTS, "facts", options=facts)]
        if draft.left:
            words = _("Write off what is left under Stock: it is still counted there.")
            fields.append(FieldView(FieldKind.NOTE, "write_off", detail=words))
        if draft.more:
            words = _(
                "More was sold by labels than labels were printed here: one was copied, "
                "printed at another till, or put on other goods."
            )
            fields.append(FieldView(FieldKind.NOTE, "copied", detail=words))
        return fields

    def _facts(self, share: MarkedShare) -> list[tuple[str, str]]:
        def money(minor: int) -> str:
            return amount(minor, self.work.currency)

        facts = [
            (_("Pieces labelled"), str(share.labelled)),
            (_("Sold by their labels"), f"{share.sold} · {money(share.earned_minor)}"),
            (_("Let go against shelf prices"), money(share.let_go_minor)),
        ]
        if share.came_back:
            facts.append((_("Came back"), str(share.came_back)))
        if share.waiting:
            facts.append((_("Not sold yet"), str(share.waiting)))
        lost = f"{share.left} · {money(share.lost_minor)}" if share.left else "0"
        facts.append((_("Not sold by the last day, at cost"), lost))
        if share.unknown:
            facts.append((_("Of them, cost not known"), str(share.unknown)))
        if share.more:
            facts.append((_("Sold beyond what was labelled"), str(share.more)))
        return facts
