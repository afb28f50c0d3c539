"""What a line of a file of members says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.domain.member.consent import Purpose
from pos_app.domain.member.phone import Phone
from pos_app.services.item_values import RowProblem
from pos_app.values.times import Timestamp


@dataclass(slots=True)
class MemberLine:
    """What a line says; None, "", () and 0 mean that it says nothing.

    Attributes:
        line: of the file, from 1.
        phone, name, note, source, tags, tier, card: as they are kept here; `tier`
            is a key of the programme.
        birthday: month and day.
        points: opening points. points_until: when they end; None for never.
        consents: purpose -> given.
        joined: when somebody became a member, elsewhere; None for now.
        problems: refusals and warnings.
    """

    line: int
    phone: Phone | None = None
    name: str = field(default="", repr=False)
    birthday: tuple[int, int] | None = None
    tier: str = ""
    points: int = 0
    points_until: Timestamp | None = None
    card: str = field(default="", repr=False)
    tags: tuple[str, ...] = ()
    consents: dict[Purpose, bool] = field(default_factory=dict)
    source: str = ""
    joined: Timestamp | None = None
    note: str = field(default="", repr=False)
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Tell whether anything makes the line unusable."""
        return any(problem.is_refusal for problem in self.problems)

    def refuse(self, column: str, value: str, key: str, **params: object) -> None:
        """Say what makes the line unusable."""
        self._add(RowProblem(self.line, column, value[:60], key, _sorted(params)))

    def warn(self, column: str, value: str, key: str, **params: object) -> None:
        """Say what is odd; the line is taken nevertheless."""
        problem = RowProblem(
            self.line, column, value[:60], key, _sorted(params), is_refusal=False
        )
        self._add(problem)

    def _add(self, problem: RowProblem) -> None:
        self.problems.append(problem)


def _sorted(params: dict[str, object]) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(params.items()))
