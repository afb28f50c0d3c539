"""The idle pictures of the customer's screen, from a folder of the shop.

Read off the GUI thread, one at a time, as large as the screen and no larger. A file
that is no picture, is too large or has gone is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from ui.tasks import TaskRunner

ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp"})
SHOWN_MS = 8_000
#: A picture of a telephone has 50 million pixels; what has more is a mistake.
MOST_PIXELS = 60_000_000
MOST_BYTES = 40_000_000
#: So many are looked at in one turn; the folder may be anything.
MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture that was read.

    Attributes:
        name: of its file; "" when no file of the folder could be read.
        image: as large as the screen at most; null with no name.
    """

    name: str
    image: QImage


def picture_files(folder: Path) -> tuple[Path, ...]:
    """Return the picture files of a folder by name; none where there is no folder."""
    try:
        found = sorted(
            x for x in folder.iterdir() if x.suffix.lower() in ENDINGS and x.is_file()
        )
    except OSError:
        return ()
    return tuple(found[:MOST_FILES])


def read_picture(file: Path, room: QSize) -> QImage:
    """Read one picture, scaled into `room` (device pixels); null where it fails."""
    try:
        if file.stat().st_size > MOST_BYTES:
            return QImage()
    except OSError:
        return QImage()
    reader = QImageReader(str(file))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    turned = reader.transformation().value & 4  # EXIF says: a quarter turn
    box = room.transposed() if turned else room
    if size.width() > box.width() or size.height() > box.height():
        size = size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(size.expandedTo(QSize(1, 1)))
    return reader.read()


def next_picture(folder: Path, after: str, room: QSize) -> ReadPicture:
    """Read the picture behind `after`, round and round; for a task thread."""
    files = picture_files(folder)
    names = [file.name for file in files]
    start = sum(1 for name in names if name <= after)
    for step in range(len(files)):
        file = files[(start + step) % len(files)]
        image = read_picture(file, room)
        if not image.isNull():
            return ReadPicture(file.name, image)
    return ReadPicture("", QImage())


class PictureRound(QObject):
    """Shows one picture after the other while it is wanted.

    Args:
        runner: whose threads read.
        folder: where the pictures are.
    """

    read = Signal(object)
    """The next picture is there: a QImage, null when there is none."""

    def __init__(self, runner: TaskRunner, folder: Path) -> None:
        super().__init__()
        self._runner, self._folder = runner, folder
        self._room = QSize()
        self._name = ""
        self._is_on = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def is_on(self) -> bool:
        """Tell whether pictures are shown."""
        return self._is_on

    def begin(self, room: QSize) -> None:
        """Show pictures, in a window of so many device pixels."""
        self._room = QSize(room)
        if not self._is_on:
            self._is_on = True
            self._ask()

    def end(self) -> None:
        """Show no more; what is being read is thrown away."""
        self._is_on = False
        self._timer.stop()

    def _ask(self) -> None:
        read = partial(next_picture, self._folder, self._name, self._room)
        self._runner.run(read).then(self._on_read)

    def _on_read(self, found: ReadPicture) -> None:
        if not self._is_on:
            return
        is_same = found.name == self._name and bool(found.name)
        self._name = found.name
        if not is_same:
            self.read.emit(found.image)
        self._timer.start()
