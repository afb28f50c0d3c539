"""guitai replay --what-if: a promotion tried on baskets before it goes live."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from pos_app.bootstrap import Till
from pos_app.cli import say_json, say_progress
from pos_app.domain.codec import sale_from_journal, to_plain
from pos_app.domain.dry_run_result import DryRunResult, TriedLine
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.services.desk import Desk
from pos_app.services.dry_run import last_week, own_sales, tried_on
from pos_app.services.dry_run_past import Past
from pos_app.services.promotion_file import FiledPromotion, read_promotions
from pos_app.services.promotion_names import CatalogNames
from pos_app.services.promotion_terms import FileTerms
from pos_app.services.replay import Replay
from pos_app.values.money import format_minor

#: So many lines of each list are printed; --json has them all.
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What came out.

    Attributes:
        result: of the baskets that could be read.
        refused: how many lines of the baskets could not, and are not in `result`.
    """

    result: DryRunResult
    refused: int


def what_if(
    path: Path, till: Till, replay: Replay | None, lines: Iterable[str] | None
) -> WhatIf:
    """Try the promotion of a file.

    Args:
        path: of the promotion, as `guitai export promotions` writes one.
        till: whose rules and catalogue hold.
        replay: plays commands in a throw-away shop; None for a real one, in which
            nothing is sold.
        lines: replay commands, or finished sales as replay writes them; None for
            the till's own sales of the last seven days.

    Raises:
        UserError: see `read_promotion`.
    """
    desk = till.counter.desk
    past, catalog = Past(desk), desk.catalog
    promotion = read_promotion(path, desk)
    request = last_week(desk, promotion)
    if lines is None:
        sales = own_sales(desk.ledger, request.first, request.last)
        return WhatIf(tried_on(catalog, request, past, sales), 0)
    baskets = _Baskets(lines, replay, past)
    found = tried_on(catalog, request, past, baskets.sales())
    return WhatIf(found, baskets.refused)


def read_promotion(path: Path, desk: Desk) -> Promotion:
    """Return the one promotion of a file; what is wrong with it is told by its line.

    Raises:
        UserError: "file_missing", "what_if_unreadable" for none or several,
            "promotion_unknown_kind", or what `read_promotions` refuses.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError("file_missing", file=path.name) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("what_if_unreadable", file=path.name) from error
    names = CatalogNames(desk.catalog, desk.clock.now())
    rules, zone = desk.shop.rules, ZoneInfo(desk.shop.time_zone)
    filed, problems = read_promotions(text, FileTerms(names, rules.currency, zone))
    if problems:
        first = problems[0]
        raise _told(first.line, first.name, first.error)
    if len(filed) != 1:
        raise UserError("what_if_unreadable", file=path.name)
    return _known(filed[0])


def _known(filed: FiledPromotion) -> Promotion:
    if filed.promotion is None:
        error = UserError("promotion_unknown_kind", kind=filed.kind)
        raise _told(filed.line, filed.name, error)
    return filed.promotion


def _told(line: int, name: str, error: UserError) -> UserError:
    """Say which line of the file is meant; return the error with it."""
    place = _("line {line}", line=line)
    say_progress(f"{place}: {name}" if name else place)
    return UserError(error.key, **{"line": line, "name": name, **error.params})


class _Baskets:
    """The finished sales of a file; what is refused is told, counted and left out."""

    def __init__(self, lines: Iterable[str], replay: Replay | None, past: Past) -> None:
        self._lines = lines
        self._replay, self._past = replay, past
        self.refused = 0

    def sales(self) -> Iterator[Sale]:
        """Yield them; once."""
        for number, line in enumerate(self._lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            for document in self._documents(line):
                if "refused" in document:
                    self._refuse({**document, "line": number})
                elif document.get("document") == "sale":
                    yield from self._sale(document, number)

    def _documents(self, line: str) -> Iterable[dict[str, Any]]:
        try:
            plain = json.loads(line)
        except ValueError:
            return [{"refused": "line_unreadable"}]
        if isinstance(plain, dict) and "document" in plain:
            return [plain]
        if self._replay is None:  # nothing is sold in a real shop to try something
            return [{"refused": "line_unreadable"}]
        return self._played(self._replay, line)

    def _played(self, replay: Replay, line: str) -> Iterator[dict[str, Any]]:
        """Play a line; who stood in its basket is known as long as it is open."""
        basket = replay.basket
        for document in replay.run([line]):
            if basket is not None and basket.shopper is not None:
                self._past.said[basket.basket_id] = basket.shopper
            yield document

    def _sale(self, document: dict[str, Any], number: int) -> Iterator[Sale]:
        plain = {key: value for key, value in document.items() if key != "document"}
        try:
            notes = [line["note"] for line in plain["lines"]]
            sale = sale_from_journal(plain, plain["cashier_name"], notes)
        except (ValidationError, KeyError, TypeError):
            self._refuse({"refused": "line_unreadable", "line": number})
            return
        if sale.lines:
            yield sale

    def _refuse(self, said: dict[str, Any]) -> None:
        self.refused += 1
        sys.stderr.write(json.dumps(said, ensure_ascii=False) + "\n")


def say_result(tried: WhatIf, currency: str, *, as_json: bool) -> None:
    """Print what came out, for programs or for people."""
    result = tried.result
    if as_json:
        say_json(
            {
                **to_plain(result),
                "currency": currency,
                "given_minor": result.given_minor,
                "per_basket_minor": result.per_basket_minor,
                "margin_before_minor": result.margin_before_minor,
                "margin_after_minor": result.margin_after_minor,
                "refused": tried.refused,
            }
        )
        return
    for title, value in _figures(result, currency):
        print(f"{title:<36} {value:>14}")
    if tried.refused:
        print(f"{_('Refused lines, left out'):<36} {tried.refused:>14}")
    _say_lines(_("Stacked too high"), result.stacks, currency)
    _say_lines(_("Below cost"), result.below_cost, currency)
    for item in result.items[:_SHOWN]:
        saved = format_minor(item.saving_minor, currency)
        print(f"  {item.name} {item.variant}".rstrip().ljust(44), saved.rjust(10))


def _figures(result: DryRunResult, currency: str) -> Iterable[tuple[str, str]]:
    def money(minor: int) -> str:
        return format_minor(minor, currency)

    yield _("Baskets"), str(result.baskets)
    yield _("Baskets it touches"), str(result.touched)
    yield _("Times used"), str(result.times)
    yield _("Sales without it"), money(result.before_minor)
    yield _("Sales with it"), money(result.after_minor)
    yield _("What it costs"), money(result.given_minor)
    yield _("For each basket it touches"), money(result.per_basket_minor)
    yield _("Margin without it"), money(result.margin_before_minor)
    yield _("Margin with it"), money(result.margin_after_minor)
    yield _("Lines whose cost nobody knows"), str(result.lines_without_cost)
    yield _("Borne by the supplier"), money(result.supplier_minor)
    yield _("Baskets that cost more with it"), str(result.dearer)
    yield _("Baskets that come to another amount now"), str(result.unlike)
    yield _("Stacked too high"), str(result.stacked)
    yield _("Below cost"), str(result.below)
    yield _("Sales that could not be priced"), str(result.left_out)


def _say_lines(title: str, lines: Iterable[TriedLine], currency: str) -> None:
    for at, line in enumerate(lines):
        if at == _SHOWN:
            return
        if at == 0:
            print(f"{title}:")
        was = format_minor(line.list_minor, currency)
        now = format_minor(line.total_minor, currency)
        print(f"  {line.number} {line.name} {line.variant}: {was} -> {now}")
