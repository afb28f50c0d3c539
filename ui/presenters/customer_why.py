"""Why a line costs what it costs, for the customer: no word of staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pos_app.domain.basket import BasketLine
from pos_app.i18n import Words
from ui.presenters.customer_folding import ROW_CELLS, cells, shorter
from ui.presenters.customer_state import CustomerLine
from ui.presenters.why_facts import count_words
from ui.presenters.why_not import WhyNot
from ui.presenters.why_price import explained_line, steps_of
from ui.presenters.why_price_state import StepTone, StepView
from ui.presenters.workplace import Workplace

#: So many rows are seen at once; whoever only looks does not scroll.
_ROWS = 9
#: So many rows of what comes back are kept where the steps need the room.
_NOTES = 2

_Rows = tuple[CustomerLine, ...]


def explained_rows(work: Workplace, line_id: str, words: Words) -> tuple[_Rows, ...]:
    """Return the steps of a line in the place of the basket; none once it is gone.

    First all there is to say, then the same in fewer and fewer rows: without offers
    that were not used, then with savings put together, never without a part of the
    sum.

    Args:
        work: the counter.
        line_id: of the open sale.
        words: in the customer's language.
    """
    found = explained_line(work, line_id)
    if found is None:
        return ()
    whole, line = found
    assert line.unit is not None
    goods = f"{line.unit.name_in(words.language)} {line.unit.variant}".rstrip()
    first = CustomerLine("why-0", goods, f"× {count_words(line, line.unit)}", "")
    steps = steps_of(work, whole, line, words, is_for_staff=False)
    told = told_rows(steps, first, work.currency, words)
    others = tuple(_not_used(work, line, words))[: max(0, _ROWS - len(told[0]))]
    with_others = ((*told[0], *others[:count]) for count in range(len(others), 0, -1))
    return (*with_others, *told)


def told_rows(
    steps: Sequence[StepView], first: CustomerLine, currency: str, words: Words
) -> tuple[_Rows, ...]:
    """Return the rows of a price's steps, then the same in fewer and fewer rows.

    Args:
        steps: from the shelf price to what is paid.
        first: the goods' row, yet without figures.
        currency: of all amounts.
        words: in the customer's language.
    """
    title = words("If it comes back")
    notes = tuple(
        CustomerLine(f"why-back-{at}", title, "", "", detail=note)
        for at, note in enumerate(_joined(steps[-1].notes))
    )
    whole = tuple(_step_rows(steps, first))
    most = max(len(notes), _NOTES)
    told = [(*whole, *notes[:count]) for count in range(most, _NOTES - 1, -1)]
    told += [
        (*_step_rows(fewer, first), *notes[:_NOTES])
        for fewer in shorter(steps, currency, words)
    ]
    return tuple(told)


def _step_rows(
    steps: Sequence[StepView], first: CustomerLine
) -> Iterator[CustomerLine]:
    """Yield a row for each step; the first names the goods."""
    for at, step in enumerate(steps):
        below = " · ".join(x for x in (step.working, step.who) if x)
        if not at:
            detail = f"{step.title} · {below}"
            yield replace(first, total=step.amount, detail=detail)
            continue
        is_saving = step.tone is StepTone.SAVING
        yield CustomerLine(
            f"why-{at}",
            name=step.title,
            quantity="",
            total=step.amount,
            reason=below if is_saving else "",
            detail="" if is_saving else below,
        )


def _joined(notes: tuple[str, ...]) -> Iterator[str]:
    """Yield notes, as many of them on one row as it holds."""
    row = ""
    for note in notes:
        both = f"{row} · {note}" if row else note
        if row and cells(both) > ROW_CELLS:
            yield row
            both = note
        row = both
    if row:
        yield row


def _not_used(
    work: Workplace, line: BasketLine, words: Words
) -> Iterator[CustomerLine]:
    """Yield offers that were not used and concern the customer."""
    for at, view in enumerate(WhyNot(work, words, is_for_staff=False).of(line)):
        yield CustomerLine(
            f"why-not-{at}",
            name=words("Not used: {offer}", offer=view.title),
            quantity="",
            total="",
            detail=view.reason,
        )
