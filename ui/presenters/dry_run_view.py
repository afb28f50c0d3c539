"""The figures and tables of a dry run, as read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pos_app.domain.dry_run_result import DryRunResult, TriedLine
from pos_app.i18n import _, current_language
from pos_app.values.rounding import divide
from ui.format import amount, money, quantity
from ui.presenters.dry_run_state import DryRunTable
from ui.presenters.frame_state import Tone
from ui.presenters.report_state import FigureView, ListRowView, ListTableView

_PER_CENT = 100


def cards_of(result: DryRunResult, currency: str) -> tuple[FigureView, ...]:
    """Return the figures; those of lines to look at open their table."""
    items, stacks = DryRunTable.ITEMS.value, DryRunTable.STACKS.value
    below = DryRunTable.BELOW_COST.value
    margin = result.margin_after_minor - result.margin_before_minor
    share = _of_sales(result)
    return (
        FigureView(
            items,
            _("What it costs"),
            money(result.given_minor, currency),
            "tag",
            share,
        ),
        FigureView(
            items,
            _("Baskets it touches"),
            _("{part} of {all}", part=result.touched, all=result.baskets),
            "basket",
            _("{amount} a basket", amount=money(result.per_basket_minor, currency)),
        ),
        FigureView(
            below,
            _("Margin with it"),
            money(result.margin_after_minor, currency),
            "coins",
            _("was {amount}", amount=money(result.margin_before_minor, currency)),
            Tone.BAD if result.margin_after_minor < 0 else Tone.PLAIN,
            (margin > 0) - (margin < 0),
        ),
        FigureView(
            stacks,
            _("Stacked too high"),
            str(result.stacked),
            "warning",
            _("over 2 deals, or half off"),
            Tone.WARN if result.stacked else Tone.PLAIN,
        ),
        FigureView(
            below,
            _("Below cost"),
            str(result.below),
            "warning",
            _("sold for less"),
            Tone.BAD if result.below else Tone.PLAIN,
        ),
    )


def notes_of(result: DryRunResult, currency: str) -> tuple[str, ...]:
    """Return what else a person has to know about the figures."""
    found = []
    if result.supplier_minor:
        borne = money(result.supplier_minor, currency)
        found.append(_("The supplier bears {amount}", amount=borne))
    if result.most_saved_number:
        most = money(result.most_saved_minor, currency)
        found.append(
            _(
                "Most in one sale: {amount} ({number})",
                amount=most,
                number=result.most_saved_number,
            )
        )
    if result.dearer:
        found.append(_("{count} cost more with it", count=result.dearer))
    if result.unlike:
        found.append(_("{count} come to another amount now", count=result.unlike))
    if result.lines_without_cost:
        found.append(_("{count} lines without cost", count=result.lines_without_cost))
    if result.left_out:
        found.append(_("{count} could not be priced", count=result.left_out))
    return tuple(found)


def table_of(result: DryRunResult, chosen: DryRunTable, currency: str) -> ListTableView:
    """Return the chosen table."""
    if chosen is DryRunTable.ITEMS:
        return _items(result, currency)
    if chosen is DryRunTable.STACKS:
        return _stacks(result.stacks, currency)
    return _below(result.below_cost, currency)


def tables_of(result: DryRunResult) -> tuple[tuple[str, str], ...]:
    """Return the tables to choose from."""
    return (
        (DryRunTable.ITEMS.value, _("Most affected")),
        (
            DryRunTable.STACKS.value,
            _("Stacked too high ({count})", count=result.stacked),
        ),
        (
            DryRunTable.BELOW_COST.value,
            _("Below cost ({count})", count=result.below),
        ),
    )


def _of_sales(result: DryRunResult) -> str:
    if not result.before_minor:
        return ""
    permille = divide(result.given_minor * 10 * _PER_CENT, result.before_minor)
    share = Decimal(permille) / 10
    return _("{share}%\u00a0of sales", share=share)


def _items(result: DryRunResult, currency: str) -> ListTableView:
    rows = tuple(
        ListRowView(
            "",
            (
                item.name_in(current_language()),
                str(item.lines),
                quantity(Decimal(item.thousandths) / 1000),
                amount(item.saving_minor, currency),
            ),
        )
        for item in result.items
    )
    return ListTableView(
        "",
        (_("Item"), _("Lines"), _("Quantity"), _("Costs less")),
        (False, True, True, True),
        (6, 2, 2, 3),
        rows,
        empty=_("The promotion was not used in any of these sales."),
    )


def _stacks(lines: Sequence[TriedLine], currency: str) -> ListTableView:
    rows = tuple(
        ListRowView(
            "",
            (
                line.number,
                line.name_in(current_language()),
                str(line.deals),
                amount(line.list_minor, currency),
                amount(line.total_minor, currency),
            ),
            (Tone.PLAIN, Tone.PLAIN, Tone.WARN, Tone.PLAIN, Tone.WARN),
        )
        for line in lines
    )
    return ListTableView(
        "",
        (_("Receipt"), _("Item"), _("Deals"), _("Shelf price"), _("With it")),
        (False, False, True, True, True),
        (4, 6, 2, 3, 3),
        rows,
        empty=_("No line has more than two deals or more than half off."),
    )


def _below(lines: Sequence[TriedLine], currency: str) -> ListTableView:
    rows = []
    for line in lines:
        assert line.cost_minor is not None
        less_minor = line.net_minor - line.cost_minor
        cells = (
            line.number,
            line.name_in(current_language()),
            amount(line.net_minor, currency),
            amount(line.cost_minor, currency),
            amount(less_minor, currency),
        )
        tones = (Tone.PLAIN, Tone.PLAIN, Tone.PLAIN, Tone.PLAIN, Tone.BAD)
        rows.append(ListRowView("", cells, tones))
    return ListTableView(
        "",
        (_("Receipt"), _("Item"), _("Without tax"), _("Cost"), _("Loss")),
        (False, False, True, True, True),
        (4, 6, 3, 3, 3),
        tuple(rows),
        empty=_("No line is sold below cost."),
    )
