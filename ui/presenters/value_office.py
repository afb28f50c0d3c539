"""Stored value in the back office: every wallet and gift card, and its history."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.domain.stored_value.account import AccountKind
from pos_app.i18n import N_, _
from pos_app.ports.stored_value import ValueSums
from pos_app.services.value_list import (
    AccountList,
    ListedAccount,
    OpenAccount,
    ValueList,
)
from ui.format import money
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeFormState,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.price_words import moment_text
from ui.presenters.value_words import ValueWords

OPEN, MORE = "valueOpen", "more"
PAGE = 50
KINDS = {
    "": N_("All accounts"),
    AccountKind.WALLET.value: N_("Stored value"),
    AccountKind.GIFT_CARD.value: N_("Gift cards"),
}


@dataclass(frozen=True, slots=True)
class ValueOfficeState:
    """Everything on the page: words of the search, list and open account."""

    search: str
    form: OfficeFormState


class ValueOfficePart(BackOfficePart):
    """Lists the accounts; what is done with one is done in the counter's dialog."""

    account_wanted = Signal(str, object)
    """The dialog on an account is wanted; what is called once something is stored."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.words, self.kind, self._limit, self._turn = "", "", PAGE, 0
        self._list = AccountList()
        self._open: OpenAccount | None = None
        self._said = ValueWords(self.work)
        self._accounts = ValueList(self.work.counter.desk)

    # --------------------------------------------------------------- what to show

    @property
    @override
    def state(self) -> ValueOfficeState:
        opened = self._open
        more = (OfficeKey(MORE, _("Show more"), "plus"),) if self._list.has_more else ()
        form = OfficeFormState(
            views=(),
            view="",
            filters=tuple((key, _(words)) for key, words in KINDS.items()),
            filter=self.kind,
            list_title=_("Stored value and gift cards"),
            list_icon="wallet",
            rows=tuple(self._row(each) for each in self._list.rows),
            chosen=opened.view.account_id if opened else "",
            form_key=opened.view.account_id if opened else "",
            title=self._title(opened.listed) if opened else _("All together"),
            icon=self._said.icon(opened.view) if opened else "coins",
            note=opened.listed.member if opened else "",
            fields=self._fields(opened) if opened else self._totals(),
            can_save=False,
            list_keys=more,
        )
        return ValueOfficeState(self.words, form)

    @property
    def opened(self) -> OpenAccount | None:
        """The account on show."""
        return self._open

    def _title(self, listed: ListedAccount) -> str:
        row = listed.line.row
        if row.kind is AccountKind.GIFT_CARD:
            return _("Gift card ···· {label}", label=row.label)
        return _("Stored value")

    def _row(self, listed: ListedAccount) -> OfficeRow:
        line, zone = listed.line, self.work.zone
        balance = line.paid_minor + line.bonus_minor
        is_card = line.row.kind is AccountKind.GIFT_CARD
        title = self._title(listed) if is_card else listed.member or _("Erased")
        times = _(
            "{kind} · {moved}",
            kind=_("Gift card") if is_card else _("Stored value"),
            moved=moment_text(line.moved_at, zone),
        )
        shown = money(balance, self.work.currency)
        return OfficeRow(line.row.account_id, title, times, shown, not balance)

    def _totals(self) -> tuple[FieldView, ...]:
        owed, fields = self._list.owed, []
        if owed is None:
            return ()
        for kind in AccountKind:
            sums = owed.get(kind, ValueSums(0, 0, 0))
            head = FieldView(FieldKind.HEAD, kind.value, _(KINDS[kind.value]))
            facts = (
                Option(_("Accounts that hold something"), f"{sums.accounts:,}"),
                *self._purses(sums.paid_minor, sums.bonus_minor),
            )
            fields += [head, FieldView(FieldKind.FACTS, kind.value, options=facts)]
        return tuple(fields)

    def _purses(self, paid_minor: int, bonus_minor: int) -> tuple[Option, ...]:
        currency = self.work.currency
        return (
            Option(_("Paid money"), money(paid_minor, currency)),
            Option(_("Bonus"), money(bonus_minor, currency)),
        )

    def _fields(self, opened: OpenAccount) -> tuple[FieldView, ...]:
        currency, line = self.work.currency, opened.listed.line
        zone = self.work.zone
        balance = line.paid_minor + line.bonus_minor
        facts = (
            Option(_("Balance"), money(balance, currency)),
            *self._purses(line.paid_minor, line.bonus_minor),
            Option(_("Account opened"), line.row.opened_at.at(zone).date().isoformat()),
            Option(_("Last moved"), moment_text(line.moved_at, zone)),
        )
        moves = tuple(
            Option(fact.title, fact.value)
            for fact in self._said.moves(opened.view, opened.moves)
        )
        return (
            FieldView(FieldKind.FACTS, "standing", options=facts),
            FieldView(FieldKind.KEYS, "value", keys=(self._key(line.row.kind),)),
            FieldView(FieldKind.HEAD, "moves", _("What was done with it")),
            FieldView(FieldKind.FACTS, "moves", options=moves),
        )

    def _key(self, kind: AccountKind) -> OfficeKey:
        is_card = kind is AccountKind.GIFT_CARD
        words = _("Pay back") if is_card else _("Top up or pay back")
        return OfficeKey(OPEN, words, "wallet")

    # ------------------------------------------------------------------- intents

    @override
    def begin(self, subject: str = "") -> None:
        self.words, self.kind, self._limit = "", "", PAGE
        self._open = None
        self._load(subject)

    def on_search(self, words: str) -> None:
        """Look for a code, four signs, or a member."""
        self.words, self._limit = words, PAGE
        self._load()

    def on_filter(self, kind: str) -> None:
        """Show wallets or gift cards only."""
        self.kind, self._limit = kind, PAGE
        self._load()

    def on_row(self, account_id: str) -> None:
        """Show an account; once more, the sums of all."""
        if self._open is not None and self._open.view.account_id == account_id:
            self._open = None
            self.changed.emit()
            return
        self._load(account_id)

    def on_act(self, key: str) -> None:
        """Show more, or what can be done with the open account."""
        if key == MORE:
            self._limit += PAGE
            self._load()
        elif key == OPEN and self._open is not None:
            self.account_wanted.emit(self._open.view.account_id, self.renew)

    def renew(self) -> None:
        """Read list and account anew: something was stored."""
        self._load(self._open.view.account_id if self._open else "")

    def _load(self, account_id: str = "") -> None:
        """Read behind the screen; only the last question's answer is shown."""
        self._turn += 1
        turn, words, limit, accounts = (
            self._turn,
            self.words,
            self._limit,
            self._accounts,
        )
        kind = AccountKind(self.kind) if self.kind else None
        rule = self.work.counter.stored_value.rule

        def read() -> tuple[int, AccountList, OpenAccount | None]:
            found = accounts.find(kind, words, limit)
            wanted = (x for x in found.rows if x.line.row.account_id == account_id)
            listed = next(wanted, None)
            return turn, found, accounts.open(listed, rule) if listed else None

        task = self.place.runner.run(read)
        task.then(self._on_read).otherwise(self.frame.refuse)

    def _on_read(self, answer: tuple[int, AccountList, OpenAccount | None]) -> None:
        turn, found, opened = answer
        if turn == self._turn:
            self._list, self._open = found, opened
            self.changed.emit()
