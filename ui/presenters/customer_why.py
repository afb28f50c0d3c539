"""Why a line costs what it costs, for the customer: no word of staff."""

from __future__ import annotations

from pos_app.i18n import Words
from ui.presenters.customer_state import CustomerLine
from ui.presenters.why_facts import count_words
from ui.presenters.why_price import explained_line, steps_of
from ui.presenters.why_price_state import StepTone
from ui.presenters.workplace import Workplace


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
    return tuple(rows)
