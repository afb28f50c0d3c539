"""Further papers of a finished sale, and what is wrong with the shop's templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.documents.gift_receipt import gift_quantity
from pos_app.domain.permission import Permission
from pos_app.domain.sale import Sale
from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import _, current_language, plural
from pos_app.ports.health import Action
from ui import tasks
from ui.feature import Feature
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame_state import ChipView, Tone

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.papers import PapersDialog

TEMPLATE_CHIP = "template"


class PaperFlow(Feature):
    """Gift receipts and copies from the done screen; a chip for a bad template."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._dialog: PapersDialog | None = None
        self._sale: Sale | None = None

    @property
    def dialog(self) -> PapersDialog:
        """The dialog; made when it is first asked for."""
        if self._dialog is None:
            from ui.dialogs.papers import PapersDialog

            self._dialog = PapersDialog(self.flow.window)
            self._dialog.gift_wanted.connect(self._on_gift)
            self._dialog.copy_wanted.connect(self._on_copy)
            self.flow.dialogs.own(self._dialog)
        return self._dialog

    def ask(self) -> None:
        """Ask what to print of the sale on the done screen."""
        sale = self.flow.done.sale
        if sale is None:
            return
        self._sale = sale
        goods = [
            (_named(line.names, line.name, line.variant), gift_quantity(line))
            for line in sale.lines
        ]
        self.dialog.ask(goods, sale.language)

    def _on_gift(self, groups: list[list[int]], language: str) -> None:
        assert self._sale is not None
        sale_id = self._sale.sale_id
        count = len(groups)

        def on_queued(_jobs: object) -> None:
            words = plural(
                "{count} gift receipt is on its way",
                "{count} gift receipts are on their way",
                count,
            )
            self.flow.frame.say(words)

        def begin() -> None:
            future = self.flow.work.counter.gifts.print(sale_id, groups, language)
            tasks.watch(future).then(on_queued).otherwise(self.flow.frame.refuse)

        self.flow.frame.attempt(begin)

    def _on_copy(self, language: str) -> None:
        assert self._sale is not None
        sale_id, number = self._sale.sale_id, self._sale.number

        def on_queued(_job: object) -> None:
            self.flow.frame.say(_("A copy of the slip is on its way"))
            self.flow.done.refresh()

        def begin() -> None:
            future = self.flow.work.counter.slip.reprint(sale_id, language)
            tasks.watch(future).then(on_queued).otherwise(self.flow.frame.refuse)

        words = ApprovalWords(title=_("Sale {number}", number=number))
        self.flow.frame.attempt(begin, words)

    # --------------------------------------------------------------------- chips

    @override
    def chips(self) -> tuple[ChipView, ...]:
        failed = self.flow.work.counter.slip_forms.trouble.failed
        if not failed:
            return ()
        words = _("A slip template failed: the built-in one is printed")
        short = _("Template")
        return (ChipView(TEMPLATE_CHIP, words, "receipt-x", Tone.WARN, short),)

    @override
    def takes_function(self, key: str) -> bool:
        if key not in (TEMPLATE_CHIP, Action.MEND_TEMPLATE.value):
            return False
        staff = self.flow.work.counter.desk.session.staff
        failed = self.flow.work.counter.slip_forms.trouble.failed
        if staff is not None and staff.may(Permission.SETTINGS):
            kind = next(iter(failed), SlipKind.RECEIPT)
            self.flow.features.back_office.go(f"slips:{kind.value}")
        else:
            words = _("A slip template failed: the built-in one is printed")
            self.flow.frame.say(words, Tone.WARN)
        return True


def _named(names: tuple[tuple[str, str], ...], name: str, variant: str) -> str:
    return f"{dict(names).get(current_language(), name)} {variant}".rstrip()
