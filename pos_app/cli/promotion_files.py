"""guitai import promotions, guitai export promotions: promotions as JSON files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from hardware.system_clock import RandomIds, SystemClock
from pos_app.cli import say_json, say_progress
from pos_app.cli.catalog_session import CatalogSession, catalog_session
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.promotion_file import (
    PromotionProblem,
    read_promotions,
    write_promotions,
)
from pos_app.services.promotion_import import (
    ImportedPromotion,
    ImportOutcome,
    plan_import,
    store_import,
)
from pos_app.services.promotion_names import EditorNames
from pos_app.services.promotion_terms import FileTerms
from pos_app.values.times import business_day_at

EXIT_REFUSED = 1


@dataclass(frozen=True, slots=True)
class _Done:
    planned: Sequence[ImportedPromotion]
    problems: Sequence[PromotionProblem]


def import_promotions(
    folder: ShopFolder, file: Path, *, is_dry_run: bool, is_json: bool
) -> int:
    """Take the promotions of a file as drafts; exit code 1 when any was refused.

    The others are taken nevertheless; a promotion that is there already becomes a new
    draft of it, and what runs goes on as it is.
    """
    text = _text_of(file)
    with catalog_session(folder, writes=not is_dry_run) as session:
        done = _import(session, text, is_dry_run=is_dry_run)
    if is_json:
        say_json({**_plain(done), "dry_run": is_dry_run})
    else:
        _say(done, is_dry_run=is_dry_run)
        if not (is_dry_run or session.is_journalled):
            print(_("The till is running; it will note this in its journal itself."))
    return EXIT_REFUSED if done.problems else 0


def _import(session: CatalogSession, text: str, *, is_dry_run: bool) -> _Done:
    editor, ids = session.editor, RandomIds()
    shop = editor.shop()
    zone = ZoneInfo(shop.time_zone)
    terms = FileTerms(EditorNames(editor), shop.rules.currency, zone)
    filed, problems = read_promotions(text, terms)
    planned = plan_import(editor, filed, ids)
    if not is_dry_run:
        now = SystemClock().now()
        day = business_day_at(now, zone, shop.day_starts_at_hour)

        def edit(writer: ShopEditor) -> Sequence[JournalNote]:
            return store_import(writer, planned, ids, Stamp("", day, now))

        editor.change(edit)
    return _Done(planned, problems)


def export_promotions(folder: ShopFolder, file: Path, *, is_json: bool) -> None:
    """Write the newest version of every promotion; those not known here as they are."""
    ring = open_key_ring(folder.root)
    engine = open_catalog_reader(folder.catalog, ring.catalog_key)
    try:
        with closing(CatalogReader(engine)) as reader:
            newest = {x.promotion_id: x for x in reader.promotion_versions()}
    finally:
        engine.dispose()
    try:
        write_durably(file, write_promotions(list(newest.values())).encode())
    except OSError as error:
        raise file_error(error, file) from error
    if is_json:
        say_json({"file": str(file), "promotions": len(newest)})
    else:
        print(_("{count} promotions: {file}", count=len(newest), file=file))


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("promotion_file_unreadable", line=1) from error
    except FileNotFoundError as error:
        raise UserError("file_missing", file=file.name) from error
    except OSError as error:
        raise file_error(error, file) from error


def _plain(done: _Done) -> dict[str, object]:
    return {
        "promotions": [
            {
                "line": each.filed.line,
                "promotion_id": each.promotion_id,
                "version": each.version,
                "name": each.filed.name,
                "kind": each.filed.kind,
                "result": each.outcome.value,
            }
            for each in done.planned
        ],
        "problems": [
            {
                "line": each.line,
                "name": each.name,
                "key": each.error.key,
                "params": {k: str(v) for k, v in each.error.params.items()},
                "words": _words(each),
            }
            for each in done.problems
        ],
    }


def _say(done: _Done, *, is_dry_run: bool) -> None:
    results = {
        ImportOutcome.ADDED: _("new draft"),
        ImportOutcome.CHANGED: _("new draft of a promotion that is there"),
        ImportOutcome.UNCHANGED: _("is there already"),
        ImportOutcome.UNKNOWN: _("kind not known here: kept, never applied"),
    }
    for each in done.planned:
        place = _("line {line}", line=each.filed.line)
        is_strange = each.outcome is ImportOutcome.UNKNOWN
        kind = f" ({each.filed.kind})" if is_strange else ""
        print(f"{place}: {each.filed.name}: {results[each.outcome]}{kind}")
    for problem in done.problems:
        place = _("line {line}", line=problem.line)
        say_progress(f"{place}: {problem.name}: {_words(problem)}")
    if not is_dry_run and any(
        x.outcome in (ImportOutcome.ADDED, ImportOutcome.CHANGED) for x in done.planned
    ):
        print(_("Nothing was started: start promotions in the back office."))


def _words(problem: PromotionProblem) -> str:
    from ui.messages import explain

    return explain(problem.error).sentence
