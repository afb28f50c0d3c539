"""What a scanned code says of a member, and what is wrong with one that says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.recognition import Means
from pos_app.domain.member.rotating_code import read_rotating_code
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.member_code_steps import LedgerSteps
from pos_app.services.member_codes import CodeKind, MemberCodes, kind_of
from pos_app.services.member_finder import MemberFinder
from pos_app.services.sale import SaleService

#: What somebody tried who is perhaps not the member; a damaged code is no trial.
_TRIALS = frozenset(
    {
        "member_code_forged",
        "member_code_used",
        "member_code_late",
        "member_code_early",
        "member_code_withdrawn",
    }
)


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code that is good: whose it is, and by what it recognises."""

    member_id: str
    means: Means


class MemberScan:
    """Reads members' codes; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService, finder: MemberFinder) -> None:
        self._desk, self._sale, self._finder = desk, sale, finder
        self._cards: tuple[str, bool] | None = None
        self._codes = MemberCodes(desk.ledger.members, LedgerSteps(desk))

    def is_member_code(self, code: str) -> bool:
        """Tell whether a scan is a member's; never true of a payment code."""
        if kind_of(code) is not CodeKind.OTHER:
            return True
        return self._has_cards() and self._finder.by_foreign_card(code) is not None

    def _has_cards(self) -> bool:
        """Tell whether the shop took over any cards; asked once for each basket.

        A scan of goods must not wait for members in a shop that has no such cards.
        """
        basket = self._sale.basket
        moment = basket.basket_id if basket is not None else ""
        if self._cards is None or self._cards[0] != moment or not moment:
            self._cards = (moment, self._desk.ledger.members.has_cards())
        return self._cards[1]

    def read(self, code: str, known_id: str) -> ShownCode:
        """Return whose code was scanned.

        Args:
            code: as scanned.
            known_id: who is recognised by a rotating code already; their code again
                is no second use. "" for nobody.

        Raises:
            UserError: what `MemberCodes.verify` and `read_card` refuse,
                "member_code_unknown" for a card that nobody has.
        """
        match kind_of(code):
            case CodeKind.ROTATING:
                return ShownCode(self._rotating(code, known_id), Means.ROTATING_CODE)
            case CodeKind.STATIC:
                member_id = self._finder.by_static_code(code)
                return ShownCode(member_id, Means.STATIC_CODE)
            case CodeKind.WALLET:
                member_id = self._finder.by_static_code(code)
                return ShownCode(member_id, Means.WALLET_PASS)
        member = self._finder.by_foreign_card(code)
        if member is None:
            raise UserError("member_code_unknown")
        return ShownCode(member, Means.CARD)

    def note_failed(self, member_id: str, by: str, why: str = "") -> None:
        """Journal that somebody could not prove to be a member."""
        stamp = self._desk.stamp()
        body = {"member": member_id, "by": by, "why": why}

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.MEMBER_PROOF_FAILED, body, stamp)

        self._desk.record(work)

    def _rotating(self, code: str, known_id: str) -> str:
        number = read_rotating_code(code).number
        members = self._desk.ledger.members
        member_id = members.by_number(number)
        if known_id and member_id and members.ids_of(member_id)[0] == known_id:
            return member_id
        try:
            self._codes.verify(code, self._desk.clock.now())
        except UserError as refused:
            if refused.key in _TRIALS:
                self.note_failed(member_id or "", "code", refused.key)
            raise
        if member_id is None:
            raise UserError("member_code_unknown")
        return member_id
