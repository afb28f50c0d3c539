"""Why a line costs what it costs, for the customer: no word of staff."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.domain.basket import BasketLine
from pos_app.i18n import Words
from ui.presenters.customer_state import CustomerLine
from ui.presenters.why_facts import count_words
from ui.presenters.why_not import WhyNot
from ui.presenters.why_price import explained_line, steps_of
from ui.presenters.why_price_state import StepTone
from ui.presenters.workplace import Workplace

#: So many rows are seen at once; whoever only looks does not scroll.
_ROWS = 9
#: So many cells of half a Chinese character are read on one row.
_ROW_CELLS = 62


def explained_rows(
    work: Workplace, line_id: str, words: Words
) -> tuple[CustomerLine, ...]:
    """Return the steps of a line in the place of the basket; none once it is gone.

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
    steps = steps_of(work, whole, line, words, is_for_staff=False)
    rows = []
    for at, step in enumerate(steps):
        is_first, is_saving = not at, step.tone is StepTone.SAVING
        below = " · ".join(x for x in (step.working, step.who) if x)
        rows.append(
            CustomerLine(
                f"why-{at}",
                name=goods if is_first else step.title,
                quantity=f"× {count_words(line, line.unit)}" if is_first else "",
                total=step.amount,
                reason=below if is_saving else "",
                detail=(f"{step.title} · {below}" if is_first else below)
                if not is_saving
                else "",
            )
        )
    for at, note in enumerate(_joined(steps[-1].notes)):
        title = words("If it comes back")
        rows.append(CustomerLine(f"why-back-{at}", title, "", "", detail=note))
    room = max(0, _ROWS - len(rows))
    return (*rows, *tuple(_not_used(work, line, words))[:room])


def _joined(notes: tuple[str, ...]) -> Iterator[str]:
    """Yield notes, as many of them on one row as it holds."""
    row = ""
    for note in notes:
        both = f"{row} · {note}" if row else note
        if row and sum(1 + (x > "\u2e80") for x in both) > _ROW_CELLS:
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
