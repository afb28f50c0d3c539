"""Which tender the payment screen takes money with, and what is typed for it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.tender import TenderKind, TenderType
from pos_app.i18n import _, current_language
from ui.presenters.entry import Entry
from ui.presenters.pad_key import PadKey
from ui.presenters.payment_state import ChoiceView, ReferenceView, TenderView

#: All phone-code tenders stand behind one key: 扫码付.
CODE_GROUP = "code_group"
REFERENCE_DIGITS = 20
TENDER_ICONS = {
    TenderKind.CASH: "money-wavy",
    TenderKind.CARD: "credit-card",
    TenderKind.CODE: "qr-code",
    TenderKind.OTHER: "ticket",
    TenderKind.STORED_VALUE: "wallet",
    TenderKind.GIFT_CARD: "gift",
    TenderKind.POINTS: "coins",
}


@dataclass(frozen=True, slots=True)
class TenderChoice:
    """What is half typed on the payment screen.

    Attributes:
        key: of the chosen tender type.
        entry: the amount typed; empty means all that is owed.
        reference: typed so far. in_reference: the pad types there.
    """

    key: str
    entry: Entry = Entry(takes_times=False)  # noqa: RUF009 - frozen value
    reference: str = ""
    in_reference: bool = False

    def press(self, key: PadKey) -> TenderChoice:
        """Return the choice after a pad key in the active field."""
        if not self.in_reference:
            return self._with(entry=self.entry.press(key))
        match key:
            case PadKey.CLEAR:
                return self._with(reference="")
            case PadKey.BACKSPACE:
                return self._with(reference=self.reference[:-1])
            case PadKey.ENTER | PadKey.ALL | PadKey.TIMES | PadKey.POINT:
                return self
            case _:
                longer = (self.reference + key.value)[:REFERENCE_DIGITS]
                return self._with(reference=longer)

    def _with(
        self, entry: Entry | None = None, reference: str | None = None
    ) -> TenderChoice:
        return TenderChoice(
            self.key,
            self.entry if entry is None else entry,
            self.reference if reference is None else reference,
            self.in_reference,
        )


def tender_views(types: tuple[TenderType, ...], chosen: str) -> tuple[TenderView, ...]:
    """Return the keys of the tenders; phone codes share one."""
    language = current_language()
    found: list[TenderView] = []
    codes = [kind for kind in types if kind.kind is TenderKind.CODE]
    for kind in types:
        if kind.kind is TenderKind.CODE and len(codes) > 1:
            if kind is codes[0]:
                selected = chosen in {code.key for code in codes}
                view = TenderView(CODE_GROUP, _("Phone code"), "qr-code", selected)
                found.append(view)
            continue
        icon = TENDER_ICONS[kind.kind]
        name = kind.name_in(language)
        found.append(TenderView(kind.key, name, icon, kind.key == chosen))
    return tuple(found)


def choice_views(types: tuple[TenderType, ...], chosen: str) -> tuple[ChoiceView, ...]:
    """Return the providers behind the phone-code key, if it is chosen."""
    codes = [kind for kind in types if kind.kind is TenderKind.CODE]
    if len(codes) < 2 or chosen not in {code.key for code in codes}:
        return ()
    language = current_language()
    return tuple(
        ChoiceView(code.key, code.name_in(language), "", code.key == chosen)
        for code in codes
    )


def first_of_group(types: tuple[TenderType, ...], key: str) -> str:
    """Return the tender that a pressed key stands for."""
    if key != CODE_GROUP:
        return key
    return next(kind.key for kind in types if kind.kind is TenderKind.CODE)


def reference_view(kind: TenderType, choice: TenderChoice) -> ReferenceView | None:
    """Return the reference field of a tender, if it asks for one."""
    if not kind.asks_reference:
        return None
    labels = {
        TenderKind.CARD: _("Last four of the card"),
        TenderKind.CODE: _("Last four of the payment number"),
    }
    notes = {
        TenderKind.CARD: _("Noted by hand; check the card terminal's slip"),
        TenderKind.CODE: _("Noted by hand, not verified with the provider"),
    }
    return ReferenceView(
        label=labels.get(kind.kind, _("Number of the voucher")),
        text=choice.reference,
        is_active=choice.in_reference,
        note=notes.get(kind.kind, ""),
    )
