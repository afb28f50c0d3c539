"""What waits beside a closing count: parked sales, an open sale, unsent prints."""

from __future__ import annotations

from pos_app.domain.tender import TenderKind
from pos_app.i18n import _, current_language, plural
from ui.format import money
from ui.presenters.frame_state import Tone
from ui.presenters.shift_state import CheckCardView, CheckView
from ui.presenters.workplace import Workplace

PARKED, OPEN_SALE = "parked", "open_sale"


def closing_checks(work: Workplace, carried: tuple[str, ...]) -> CheckCardView:
    """Return the card beside a blind count.

    Args:
        work: the services.
        carried: numbers of the sales that go to the next shift, knowingly.
    """
    found = [
        _open_sale(work),
        _parked(work, carried),
        _prints(work),
        _tenders(work),
    ]
    return CheckCardView(
        title=_("Before you close"),
        note=_("can wait"),
        checks=tuple(one for one in found if one is not None),
        blind_title=_("Blind count: what should be there is not shown now"),
        blind_text=_(
            "The difference is shown after the first count is stored. You can close"
            " with a difference, or count once more."
        ),
    )


def is_sale_open(work: Workplace) -> bool:
    """Tell whether goods or money wait in the open sale."""
    current = work.counter.sale.current
    return current is not None and not current.is_empty


def _open_sale(work: Workplace) -> CheckView | None:
    if not is_sale_open(work):
        return None
    priced = work.counter.sale.priced
    total = money(priced.total_minor if priced else 0, work.currency)
    words = _("A sale is open: {amount}", amount=total)
    return CheckView(OPEN_SALE, words, "basket", Tone.WARN, action=_("Park it"))


def uncarried(work: Workplace, carried: tuple[str, ...]) -> int:
    """Return how many parked sales nobody has decided about."""
    parked = {one.number for one in work.counter.park.all()}
    return len(parked - set(carried))


def parked_words(count: int) -> str:
    """Say how many sales are parked."""
    return plural("{count} parked sale", "{count} parked sales", count)


def _parked(work: Workplace, carried: tuple[str, ...]) -> CheckView:
    parked = work.counter.park.all()
    if not parked:
        return CheckView(PARKED, _("No parked sales"))
    total = money(sum(one.total_minor for one in parked), work.currency)
    words = parked_words(len(parked))
    words = _("{sales}, {amount}", sales=words, amount=total)
    if not uncarried(work, carried):
        note = _("go to the next shift")
        return CheckView(PARKED, words, note=note)
    action = _("Carry over")
    return CheckView(PARKED, words, "pause-circle-fill", Tone.PLAIN, action=action)


def _prints(work: Workplace) -> CheckView:
    waiting = work.counter.relief.counts().slips
    if not waiting:
        return CheckView("prints", _("All slips are printed"))
    words = plural("{count} slip waits", "{count} slips wait", waiting)
    note = _("printed as soon as the printer works")
    return CheckView("prints", words, "printer", Tone.WARN, note)


def _tenders(work: Workplace) -> CheckView | None:
    language = current_language()
    types = work.counter.desk.catalog.tender_types()
    others = [one for one in types if one.kind is not TenderKind.CASH]
    if not others:
        return None
    mark = "、" if language.startswith("zh") else ", "
    words = mark.join(one.name_in(language) for one in others[:4])
    note = _("next step")
    return CheckView("tenders", words, "credit-card", Tone.PLAIN, note)
