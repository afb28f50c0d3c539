"""The demo day: one day of the sample shop on a window that nobody sees.

`guitai run --demo` plays it where there is no display. Pictures and slips stay in a
folder, which the last line of the output names.
"""

from __future__ import annotations

import shutil
import tempfile
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
from pos_app.errors import UserError
from pos_app.i18n import Words, current_language
from pos_app.services.replay_documents import as_line
from pos_app.services.slip import (
    CASH_MOVE_SLIP,
    OPENING_SLIP,
    SLIP,
    VALUE_SLIP,
    Z_REPORT,
)
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
        _write_documents(books, folder / "documents.jsonl")
        count = _copy_slips(place, books, folder / "slips")
        place.stop()
        report = examine_shop(place)
    unproven = books.unproven(script.sales)
    _say_summary(books, script, words)
    _say(words("{count} slips as PNG in slips/", count=count))
    if unproven:
        _say(words("The day does not prove: {what}", what=unproven))
    else:
        _say(words("Each Z is the sum of its documents"))
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
    script = DayScript(place, cashier)
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


def _write_documents(books: DayBooks, file: Path) -> None:
    """Write tickets and Zs as `guitai replay` does, one a line."""
    lines = [as_line(document) + "\n" for document in books.documents()]
    file.write_text("".join(lines), encoding="utf-8")


def _copy_slips(place: ScriptedTill, books: DayBooks, folder: Path) -> int:
    """Copy the virtual printer's pictures, named after their documents."""
    count = sum(
        _copy_slip(place, (sale.sale_id, SLIP), folder / f"{sale.number}.png")
        for sale in books.sales
    )
    for close in books.closes:
        shift = close.shift
        numbers = {OPENING_SLIP: shift.number, Z_REPORT: close.z_number}
        for kind, number in numbers.items():
            _copy_slip(place, (shift.shift_id, kind), folder / f"{number}.png")
        for move in place.till.ledger.shifts.moves(shift.shift_id):
            paper = move.move_id, CASH_MOVE_SLIP
            _copy_slip(place, paper, folder / f"{move.number}.png")
    for document in books.values:
        paper = document.document_id, VALUE_SLIP
        _copy_slip(place, paper, folder / f"{document.number}.png")
    return count


def _copy_slip(place: ScriptedTill, paper: tuple[str, str], file: Path) -> int:
    """Copy the picture of one paper: a document's id and the kind of the paper."""
    document_id, kind = paper
    for job in place.till.ledger.print_jobs_of(document_id):
        for picture in place.folder.slips.glob(f"*{job.job_id[-8:]}*.png"):
            if job.kind == kind and not job.copy_number:
                shutil.copyfile(picture, file)
                return 1
    raise AssertionError(f"{file.name} was not printed")


def _say_summary(books: DayBooks, script: DayScript, words: Words) -> None:
    def shown(minor: int) -> str:
        return format_minor(minor, books.currency)

    _say(
        words(
            "{count} tickets, net {net} {currency}: {sold} sold, {returned} returned",
            count=len(books.sales),
            net=shown(books.net_minor),
            currency=books.currency,
            sold=shown(books.sold_minor),
            returned=shown(books.returned_minor),
        )
    )
    _say(
        words(
            "{voids} baskets voided, {off} rounded off, {rounding} by coins",
            voids=script.voids,
            off=shown(books.round_off_minor),
            rounding=shown(books.rounding_minor),
        )
    )
    for key, name in books.tender_names:
        _say(f"  {name}: {shown(books.tender_minor(key))}")
    for document in books.values:
        paid = shown(document.paid_minor)
        _say(words("Stored value {number}: {paid}", number=document.number, paid=paid))
    for close in books.closes:
        _say(
            words(
                "{z_number}: float {float}, counted {counted}, expected {expected},"
                " difference {difference}",
                z_number=close.z_number,
                float=shown(close.shift.float_minor),
                counted=shown(close.counted_minor),
                expected=shown(close.expected_minor),
                difference=shown(close.difference_minor),
            )
        )


def _say(text: str) -> None:
    print(text, flush=True)
