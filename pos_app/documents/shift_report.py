"""X and Z: what a shift came to, for the drawer bag and for the books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos_app.documents.amounts import slip_amount
from pos_app.documents.copy_mark import copy_mark
from pos_app.documents.heading import shop_heading
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    Image,
    Layout,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.shift_form import ShiftForm
from pos_app.documents.shift_sections import (
    cash_section,
    exception_section,
    sales_section,
    tax_section,
    tender_section,
    value_section,
)
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.shift import CashCount, Shift, ShiftClose, ShiftFigures
from pos_app.domain.shift_totals import Tally
from pos_app.i18n import Words

#: The parts of a paper by name, in the order in which they are printed.
Parts = dict[str, tuple[Block, ...]]


def x_report(figures: ShiftFigures, form: ShiftForm) -> Layout:
    """Lay out the figures of an open shift; nothing is reset by it."""
    return whole(x_parts(figures, form), form.words.language)


def x_parts(figures: ShiftFigures, form: ShiftForm) -> Parts:
    """Return the parts of an X."""
    words, tally = form.words, Tally(figures.totals)
    expected: tuple[Block, ...] = ()
    if figures.expected_minor is not None:
        expected = (form.row(words("Cash expected"), figures.expected_minor),)
    identity = (
        *_identity(figures.shift, form),
        _pair(words("Printed"), form.moment(figures.at)),
        _pair(words("For"), figures.drawn_by_name),
        *_suspicion(form, is_suspect=figures.clock_suspect),
    )
    return {
        "heading": tuple(_heading(form)),
        "title": (_title(words("X report")),),
        "identity": identity,
        **_figures(tally, form),
        "cash": (*cash_section(tally, form), *expected),
        "exceptions": tuple(exception_section(tally, form)),
        "numbers": tuple(_numbers(figures.first_number, figures.last_number, form)),
        "ending": (Rule(), Text(words("Not a closing"), Align.CENTRE)),
    }


def z_report(
    close: ShiftClose,
    corrections: Sequence[TenderCorrection],
    form: ShiftForm,
    *,
    copy_number: int = 0,
) -> Layout:
    """Lay out the Z of a closed shift.

    Args:
        close: what was stored.
        corrections: the tenders put right in the shift.
        form: see there.
        copy_number: 0 is the original; a reprint says COPY 1, 2 ...
    """
    parts = z_parts(close, corrections, form, copy_number=copy_number)
    return whole(parts, form.words.language)


def z_parts(
    close: ShiftClose,
    corrections: Sequence[TenderCorrection],
    form: ShiftForm,
    *,
    copy_number: int = 0,
) -> Parts:
    """Return the parts of a Z; see `z_report`."""
    words, tally = form.words, Tally(close.totals)
    carried = ", ".join(close.carried)
    parked = words("Parked sales carried over: {numbers}", numbers=carried)
    identity = (
        _pair(words("Number"), close.z_number),
        *_identity(close.shift, form),
        _pair(words("Closed"), form.moment(close.closed_at)),
        _pair(words("By"), close.closed_by_name),
        *_suspicion(form, is_suspect=close.clock_suspect),
    )
    return {
        "heading": tuple(_heading(form)),
        "copy": (copy_mark(copy_number, words),) if copy_number else (),
        "title": (_title(words("Z report")),),
        "identity": identity,
        **_figures(tally, form),
        "cash": tuple(cash_section(tally, form)),
        "drawer": tuple(_drawer(close, form)),
        "exceptions": tuple(exception_section(tally, form)),
        "corrections": tuple(_corrections(corrections, form)),
        "numbers": tuple(_numbers(close.first_number, close.last_number, form)),
        "parked": (Text(parked),) if close.carried else (),
        "ending": tuple(_z_ending(close, words)),
    }


def whole(parts: Parts, language: str) -> Layout:
    """Return a paper with all its parts."""
    blocks = [block for part in parts.values() for block in part]
    return Layout((*blocks, Cut()), language)


def _heading(form: ShiftForm) -> Iterable[Block]:
    if form.logo_png:
        yield Image(form.logo_png)
    yield from shop_heading(form.shop, form.words)


def _title(words: str) -> Text:
    return Text(words, Align.CENTRE, Size.LARGE, bold=True)


def _identity(shift: Shift, form: ShiftForm) -> Iterable[Block]:
    words = form.words
    yield _pair(words("Shift"), shift.number)
    yield _pair(words("Business day"), shift.business_day.isoformat())
    yield _pair(words("Opened"), form.moment(shift.opened_at))
    yield _pair(words("By"), shift.opened_by_name)


def _suspicion(form: ShiftForm, *, is_suspect: bool) -> Iterable[Block]:
    if is_suspect:
        text = form.words("The clock went back during this shift.")
        yield Text(text, bold=True)


def _figures(tally: Tally, form: ShiftForm) -> Parts:
    return {
        "sales": tuple(sales_section(tally, form)),
        "taxes": tuple(tax_section(tally, form)),
        "tenders": (*value_section(tally, form), *tender_section(tally, form)),
    }


def _drawer(close: ShiftClose, form: ShiftForm) -> Iterable[Block]:
    """Yield both counts, the difference, and where the cash went."""
    words = form.words
    yield form.row(words("Cash expected"), close.expected_minor)
    first = close.counts[0]
    if len(close.counts) > 1:
        yield form.row(words("First count"), first.count.total_minor)
        yield form.row(words("First difference"), first.difference_minor)
    last = close.counts[-1]
    yield form.row(words("Counted"), last.count.total_minor)
    yield from pieces(last.count, form)
    since_minor = close.counted_minor - last.count.total_minor
    if since_minor:
        yield form.row(words("Since the count"), since_minor)
    off = slip_amount(close.difference_minor, form.currency)
    yield Columns((words("Difference"), off), (0,), bold=True)
    if close.needs_review:
        yield Text(words("A manager has to review this difference."))
    yield form.row(words("Left as float"), close.left_minor)
    yield form.row(words("To the safe"), close.removed_minor)
    if close.bag:
        yield _pair(words("Bag"), close.bag)


def pieces(count: CashCount, form: ShiftForm) -> Iterable[Block]:
    """Yield a count by denomination."""
    for value, number in count.pieces:
        if number:
            title = f"  {slip_amount(value, form.currency)} × {number}"
            yield form.row(title, value * number)


def _corrections(
    corrections: Sequence[TenderCorrection], form: ShiftForm
) -> Iterable[Block]:
    if not corrections:
        return
    yield Rule()
    yield Text(form.words("Tenders corrected"), bold=True)
    for each in corrections:
        was = form.tender_names.get(each.from_key, each.from_key)
        now = form.tender_names.get(each.to_key, each.to_key)
        yield Text(each.sale_number)
        yield form.row(f"  {was} > {now}", each.amount_minor)


def _numbers(first: str, last: str, form: ShiftForm) -> Iterable[Block]:
    yield Rule()
    if first:
        yield _pair(form.words("First ticket"), first)
        yield _pair(form.words("Last ticket"), last)
    else:
        yield Text(form.words("No tickets"))


def _z_ending(close: ShiftClose, words: Words) -> Iterable[Block]:
    yield Rule()
    yield Text(words("Head of the journal"))
    # Two halves of the SHA-256, so that it breaks where a reader expects it.
    half = len(close.chain_head) // 2
    yield Text(close.chain_head[:half], Align.CENTRE)
    yield Text(close.chain_head[half:], Align.CENTRE)
    yield Feed(2)
    yield Rule(RuleStyle.SOLID)
    yield Text(words("Signature"))
    yield Barcode("code128", close.z_number)


def _pair(title: str, value: str) -> Columns:
    return Columns((title, value), (len(value),))
