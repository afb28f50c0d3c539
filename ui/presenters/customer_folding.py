"""The steps of a price in fewer rows: what is seen still comes to what is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pos_app.i18n import Words
from ui.format import amount
from ui.presenters.why_price_state import StepTone, StepView

#: So many cells of half a Chinese character are read on one row.
ROW_CELLS = 62
_MOST_ROWS = 40


def shorter(
    steps: Sequence[StepView], currency: str, words: Words
) -> Iterator[tuple[StepView, ...]]:
    """Yield the steps in fewer and fewer rows, down to one row of savings.

    Args:
        steps: from the shelf price to what is paid.
        currency: of their amounts.
        words: in the reader's language.
    """
    kept = _each_offer_once(steps, currency)
    if len(kept) < len(steps):
        yield kept
    savings = sum(step.tone is StepTone.SAVING for step in kept)
    others = len(kept) - savings
    for count in range(min(savings, _MOST_ROWS - others) - 1, 0, -1):
        yield _last_together(kept, count, currency, words)


def cells(text: str) -> int:
    """Return how wide a text is, in cells of half a Chinese character."""
    return sum(1 + (x > "\u2e80") for x in text)


def _each_offer_once(steps: Sequence[StepView], currency: str) -> tuple[StepView, ...]:
    """Return the steps with what one offer does many times on one row."""
    runs: dict[object, list[StepView]] = {}
    for at, step in enumerate(steps):
        is_saving = step.tone is StepTone.SAVING
        runs.setdefault((step.title, step.icon) if is_saving else at, []).append(step)
    return tuple(
        _together(f"{run[0].title} × {len(run)}", run, currency)
        if len(run) > 1
        else run[0]
        for run in runs.values()
    )


def _last_together(
    steps: Sequence[StepView], count: int, currency: str, words: Words
) -> tuple[StepView, ...]:
    """Return the steps with so many rows of savings, the last one for all the rest."""
    savings = [step for step in steps if step.tone is StepTone.SAVING]
    rest = savings[count - 1 :]
    title = words("and {count} more, together", count=len(rest))
    one = _together(title, rest, currency)
    kept = [one if step is rest[0] else step for step in steps]
    return tuple(step for step in kept if not any(step is x for x in rest))


def _together(title: str, steps: Sequence[StepView], currency: str) -> StepView:
    """Return several savings as one, with the sum as one would write it on paper."""
    minor = sum(step.minor for step in steps)
    return replace(
        steps[0],
        title=title,
        working=_sum_text([-step.minor for step in steps], currency),
        who="",
        amount=amount(minor, currency),
        minor=minor,
        notes=(),
    )


def _sum_text(parts: Sequence[int], currency: str) -> str:
    """Write "2.50 × 4 + 1.20"; "" where no row holds it."""
    counts: dict[int, int] = {}
    for minor in parts:
        counts[minor] = counts.get(minor, 0) + 1
    said = " + ".join(
        f"{amount(minor, currency)} × {n}" if n > 1 else amount(minor, currency)
        for minor, n in counts.items()
    )
    return said if cells(said) <= ROW_CELLS else ""
