"""What the first-run wizard asks of the rooms below; bootstrap's side fills it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pos_app.ports.devices import FoundDevice
from pos_app.ports.printing import PrinterStatus
from pos_app.services.item_values import RowProblem
from pos_app.services.setup_draft import SetupDraft


@dataclass(frozen=True, slots=True)
class GoodsCheck:
    """What an import of a file would do; nothing was written.

    Attributes:
        name: the file's name. lines, added, refused, warnings: of its lines.
        problems: the first ones, in the order of the lines.
        unused_columns: headers that mean nothing to the till.
    """

    name: str
    lines: int
    added: int
    refused: int
    warnings: int
    problems: tuple[RowProblem, ...] = ()
    unused_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestoreSource:
    """Something that a till can be restored from.

    Attributes:
        key: what `restore` takes: a path, or a second place's own.
        title, detail: in words, in the language in use.
    """

    key: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class SampleStaff:
    """Somebody of the sample shop, whose PIN everybody may know."""

    number: str
    name: str
    pin: str


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """A shop to be made.

    Attributes:
        draft: the answers, sound in every step.
        pins: by staff number; in memory only.
    """

    draft: SetupDraft
    pins: Mapping[str, str] = field(repr=False)


class SetupPort(Protocol):
    """Everything that waits for a disk or a device runs off the GUI thread."""

    def load_draft(self) -> SetupDraft | None:
        """Return what was typed before this start; None for nothing."""
        ...

    def save_draft(self, draft: SetupDraft) -> None:
        """Keep what was typed; whole after a power cut."""
        ...

    def drop_draft(self) -> None:
        """Forget it: the shop is there."""
        ...

    def take_goods_file(self, path: str, draft: SetupDraft) -> GoodsCheck:
        """Copy a file of items aside and say what its import would do."""
        ...

    def try_printer(self, draft: SetupDraft) -> PrinterStatus:
        """Print a short page on the draft's printer and wait for it."""
        ...

    def try_drawer(self, draft: SetupDraft) -> bool:
        """Open the drawer at the draft's printer; whether it took the command."""
        ...

    def find_devices(self) -> Sequence[FoundDevice]:
        """Look for printers and scales at this computer and on its network; slow."""
        ...

    def plugged_printers(self) -> Sequence[FoundDevice]:
        """Return the printers at this computer's own USB; quick."""
        ...

    def make_shop(self, order: ShopOrder) -> str:
        """Make the shop aside, whole, and return its recovery code."""
        ...

    def print_code(self, draft: SetupDraft, code: str) -> PrinterStatus:
        """Print the recovery code on the draft's printer."""
        ...

    def open_shop(self, *, is_confirmed: bool) -> None:
        """Move the shop into place; note whether its recovery code was typed back."""
        ...

    def restore_sources(self) -> Sequence[RestoreSource]:
        """Return what is found to restore from, the newest first."""
        ...

    def sources_in(self, folder: str) -> Sequence[RestoreSource]:
        """Return what a folder that somebody chose holds to restore from."""
        ...

    def restore(self, key: str, code: str) -> None:
        """Make the shop out of what a key names, with its recovery code."""
        ...

    def sample_staff(self) -> Sequence[SampleStaff]:
        """Return who works in the sample shop."""
        ...
