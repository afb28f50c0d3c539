"""What the screen needs of training: a door at the real till, a stage inside."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pos_app.domain.permission import Staff
from pos_app.errors import GuitaiError
from pos_app.ports.printing import PrintJobState

if TYPE_CHECKING:  # a start needs none of it
    from pos_app.domain.training.card import Card
    from pos_app.domain.training.evidence import Evidence, Given
    from pos_app.services.training import TrainingService
    from ui.presenters.workplace import Workplace


class Practice(Protocol):
    """The stage of training: makes true what a card needs, and shows what was done."""

    @property
    def pin(self) -> str:
        """The PIN of everybody who is there in training."""
        ...

    @property
    def is_offline(self) -> bool:
        """Whether the network is said to be down."""
        ...

    @property
    def was_locked(self) -> bool:
        """Whether nobody is signed on, or somebody came with the practice PIN."""
        ...

    @property
    def has_paper(self) -> bool:
        """Whether the practice printer has paper."""
        ...

    def prepare(self, card: Card) -> Callable[[], Future[Any] | None]:
        """Begin to make true what a card needs.

        Returns:
            Called again and again, each time once its last future is done; None when
            all is ready.

        Raises:
            UserError: "training_no_goods", "training_one_tender" where the shop has
                not what the card needs; from the calls, too.
        """
        ...

    def begin(self) -> None:
        """Let the prepared card begin: from now on what is done counts."""
        ...

    def given(self) -> Given:
        """Return what the card that was prepared gives."""
        ...

    def evidence(self) -> Evidence:
        """Return what was done since the card was prepared."""
        ...

    def clear(self) -> None:
        """End what a card made true: paper, network and clock are well again."""
        ...

    def put_paper_in(self) -> None:
        """Do what a person does with a roll of paper."""
        ...

    def barcode(self, code: str) -> bytes:
        """Draw a barcode that a scanner reads off the screen; a PNG."""
        ...

    def print_on_paper(self, png: bytes) -> bool:
        """Print a slip that is looked at on the real printer, marked.

        Returns:
            Whether it was a slip of training that is still known.
        """
        ...


@dataclass(frozen=True, slots=True)
class TrainingPlace:
    """Training, opened.

    Attributes:
        work: the second till, as the screen uses it.
        training_id: names it in the real journal.
        close_reader: closes what belongs to the screen's thread.
        finish: closes the rest and throws it away; on any thread.
    """

    work: Workplace
    training_id: str
    close_reader: Callable[[], None]
    finish: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of what happens in training; called on its own threads.

    Attributes:
        stored: something was committed. lost: an intent was not stored.
        printed: a print job moved on. kicked: the drawer was asked for.
    """

    stored: Callable[[], None]
    lost: Callable[[GuitaiError], None]
    printed: Callable[[str, PrintJobState], None]
    kicked: Callable[[bool], None]


class TrainingDoor(Protocol):
    """The way from the real till into training."""

    @property
    def service(self) -> TrainingService:
        """Guards the door, and tells the real journal."""
        ...

    def build(self, ears: Ears) -> Callable[[Staff], TrainingPlace]:
        """Make the throw-away ledger; slow, so not on the screen's thread.

        Returns:
            Opens the place, on the screen's thread, for whoever practises.

        Raises:
            StorageError: "disk_full", …; nothing is left then.
        """
        ...
