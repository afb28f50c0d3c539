"""The demo day: one day of the sample shop on a window that nobody sees.

`guitai run --demo` plays it where there is no display. Pictures and slips stay in a
folder, which the last line of the output names.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pos_app.cli.demo_day_books import (
    DayBooks,
    doctors_words,
    examine_shop,
    is_proven,
    read_books,
)
from pos_app.cli.demo_day_pictures import Album, DayPictures
from pos_app.cli.demo_day_script import DayScript, day_commands, day_start
from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill, need_no_display
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.i18n import Words, current_language
from pos_app.values.money import format_minor

DEFAULT_FOLDER = Path("build") / "demo-day"
SIZE = (1366, 768)
#: How many sales make one line of progress.
SALES_A_LINE = 15


def play(out: Path | None) -> int:
    """Play the day offscreen and leave pictures and slips.

    Args:
        out: where to; None for `build/demo-day` here, or a temporary folder.

    Returns:
        0 when the day's sums prove and the doctor finds the books sound, else 1.

    Raises:
        UserError: "pictures_folder_unwritable" for an `out` that cannot be used.
    """
    need_no_display()
    words = Words(current_language())
    folder = _folder_for(out)
    _say(words("No display here: playing one day of the sample shop offscreen."))
    with ScriptedTill(day_start()) as place:
        script = _play(place, folder, words)
        books = read_books(place.till, words.language)
        count = _copy_slips(place, books.sales, folder / "slips")
        place.stop()
        report = examine_shop(place)
    unproven = books.unproven(script.sales)
    _say_summary(books, script, words)
    _say(words("{count} slips as PNG in slips/", count=count))
    if unproven:
        _say(words("The day does not prove: {what}", what=unproven))
    for line in doctors_words(report, words):
        _say(words("Doctor: {finding}", finding=line))
    print(folder, flush=True)
    return 0 if not unproven and is_proven(report) and count else 1


def _folder_for(out: Path | None) -> Path:
    folder = (out or DEFAULT_FOLDER).absolute()
    try:
        (folder / "slips").mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        if out is not None:
            raise UserError("pictures_folder_unwritable", folder=str(folder)) from error
        folder = Path(tempfile.mkdtemp(prefix="guitai-demo-day-"))
        (folder / "slips").mkdir()
    return folder


def _play(place: ScriptedTill, folder: Path, words: Words) -> DayScript:
    """Play every line of the day and take the pictures."""

    def told(name: str) -> None:
        local = place.clock.now().at(place.screen.work.zone)
        _say(f"{local:%H:%M}  {name}")

    place.open(*SIZE)
    cashier = ScriptedCashier(place)
    script = DayScript(cashier, place.clock)
    pictures = DayPictures(place, cashier, Album(place, folder, told))
    day = day_commands()
    for moment in script.play(day):
        pictures.look(moment)
        if moment.after == "finish" and len(script.sales) % SALES_A_LINE == 0:
            _say(
                words("{at}  {count} sales", at=moment.at[:5], count=len(script.sales))
            )
    place.await_slips()
    assert not pictures.missed, pictures.missed
    return script


def _copy_slips(place: ScriptedTill, sales: Sequence[Sale], folder: Path) -> int:
    """Copy the virtual printer's pictures, named after their sales."""
    ledger, count = place.till.counter.desk.ledger, 0
    for sale in sales:
        for job in ledger.print_jobs_of(sale.sale_id):
            for picture in place.folder.slips.glob(f"*{job.job_id[-8:]}*.png"):
                shutil.copyfile(picture, folder / f"{sale.number}.png")
                count += 1
    return count


def _say_summary(books: DayBooks, script: DayScript, words: Words) -> None:
    _say(
        words(
            "{count} sales, {total} {currency}; {voids} voided, {off} rounded off",
            count=len(books.sales),
            total=format_minor(books.total_minor, books.currency),
            currency=books.currency,
            voids=script.voids,
            off=format_minor(books.round_off_minor, books.currency),
        )
    )
    for key, name in books.tender_names:
        _say(f"  {name}: {format_minor(books.tender_minor(key), books.currency)}")


def _say(text: str) -> None:
    print(text, flush=True)
