"""A part of list and form whose things lie in the ledger: futures instead of edits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.services.session import ApprovalNeeded
from ui import tasks
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form import FormPart

Draft = TypeVar("Draft")


class LedgerBook(OfficeBook[Draft]):
    """A list whose things are stored by the ledger."""

    can_order = False

    def keeping(self, draft: Draft, *, is_new: bool) -> tuple[str, Future[Any]]:
        """Return the key it then has, and what is done once it is stored.

        Raises:
            GuitaiError: what does not fit; nothing was stored.
        """
        raise AssertionError(type(self).__name__, draft, is_new)


class LedgerFormPart(FormPart):
    """Shows books of the ledger; what is saved is on the disk when it says so."""

    @override
    def _save(self, then: Callable[[], None]) -> None:
        if self._draft is None or self.is_working:
            return
        draft, is_new, book = self._draft, self.is_new, self.book
        if not isinstance(book, LedgerBook):  # it lies elsewhere
            super()._save(then)
            return
        self._problem = ("", "")

        def action() -> None:
            try:
                key, future = book.keeping(draft, is_new=is_new)
            except ApprovalNeeded:
                raise
            except GuitaiError as error:
                self.on_refused(error)
                return
            self._wait(future, lambda: self._kept(key, then))

        self.frame.attempt(action)

    def _kept(self, key: str, then: Callable[[], None]) -> None:
        self.book.stored()
        self._stored = self._draft = None
        self._open(key)
        then()

    def do_now(
        self,
        start: Callable[[], Future[Any]],
        then: Callable[[], None],
        words: ApprovalWords | None = None,
    ) -> None:
        """Do something at once that is no part of the draft; then read anew."""

        def done() -> None:
            self.book.stored()
            if not self.is_dirty:
                self._open(self._chosen)
            then()

        self.frame.attempt(lambda: self._wait(start(), done), words)

    def _wait(self, future: Future[Any], then: Callable[[], None]) -> None:
        self.is_working = True
        self.changed.emit()

        def on_done(_value: object) -> None:
            self.is_working = False
            then()
            self.changed.emit()

        task = tasks.watch(future).then(on_done)
        task.otherwise(self.on_refused).after_bug(self.on_stopped)
