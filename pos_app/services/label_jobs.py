"""Labels made ready for a printer: laid out, with the prices that they show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pos_app.documents.label import Label
from pos_app.documents.label_forms import LabelUse
from pos_app.documents.layout import Block, Cut, Layout
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.label_making import LabelMaker, LabelWish
from pos_app.services.label_settings import LabelSettings
from pos_app.values.times import Timestamp

LABEL, LABEL_SHEET, PRICE_LIST = "label", "label_sheet", "price_list"
#: On the paper of slips, so many labels make one job: 40 cm of paper.
_LABELS_OF_SLIP = 8


@dataclass(frozen=True, slots=True)
class ReadyLabels:
    """Labels that only have to be queued.

    Attributes:
        jobs: for the printer.
        shelf: (unit id, price on it) of each label of a shelf.
        count: how many labels.
    """

    jobs: tuple[PrintJob, ...]
    shelf: tuple[tuple[str, int | None], ...]
    count: int


class LabelJobs:
    """Makes labels, and jobs of them, on whichever thread asks.

    Args:
        desk: of the till; its catalogue is read beside the screen's.
        settings: how labels look. language: theirs.
        now: whose prices count where a wish names no moment.
    """

    def __init__(
        self, desk: Desk, settings: LabelSettings, language: str, now: Timestamp
    ) -> None:
        self._desk, self._settings = desk, settings
        self._language, self._now = language, now

    def labels(self, wishes: Sequence[LabelWish]) -> tuple[Label, ...]:
        """Return the labels as they will be printed; see `LabelService.labels`."""
        with self._desk.catalog.beside() as catalog:
            desk = replace(self._desk, catalog=catalog)
            maker = LabelMaker(desk, self._settings, self._language, self._now)
            return tuple(map(maker.label, wishes))

    def ready(
        self, wishes: Sequence[LabelWish], printer: str, *, on_slips: bool
    ) -> ReadyLabels:
        """Return labels ready to be queued.

        Args:
            wishes: what is printed.
            printer: its device id.
            on_slips: it is a printer of slips: the labels are cut out.

        Raises:
            UserError: as `LabelService.labels`.
        """
        labels = self.labels(wishes)
        layouts = self._on_slips(labels) if on_slips else self._each(labels)
        kind = LABEL_SHEET if on_slips else LABEL
        jobs = tuple(self.job(layout, kind, printer) for layout in layouts)
        count = sum(label.copies for label in labels)
        return ReadyLabels(jobs, self.shelf(wishes), count)

    def shelf(self, wishes: Sequence[LabelWish]) -> tuple[tuple[str, int | None], ...]:
        """Return what the labels of shelves say: unit id and price."""
        with self._desk.catalog.beside() as catalog:
            found = []
            for wish in (x for x in wishes if x.use is LabelUse.SHELF):
                unit = catalog.unit(wish.unit_id, wish.at or self._now)
                price = unit.price.minor if unit and unit.price else None
                found.append((wish.unit_id, price))
            return tuple(found)

    def job(self, layout: Layout, kind: str, printer: str) -> PrintJob:
        """Return a job of a layout."""
        job_id = self._desk.ids.new()
        return PrintJob(
            job_id=job_id,
            document_id=job_id,
            kind=kind,
            copy_number=0,
            printer=printer,
            layout=layout,
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=self._now,
        )

    def _each(self, labels: Sequence[Label]) -> Iterator[Layout]:
        return (Layout((x,), self._language) for x in labels)

    def _on_slips(self, labels: Sequence[Label]) -> Iterator[Layout]:
        single = [replace(x, copies=1) for x in labels for _copy in range(x.copies)]
        for at in range(0, len(single), _LABELS_OF_SLIP):
            blocks: list[Block] = [*single[at : at + _LABELS_OF_SLIP], Cut()]
            yield Layout(tuple(blocks), self._language)
