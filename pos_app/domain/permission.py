"""Who may do what: permissions and roles as data (law 12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """The actions that a role may hold."""

    SELL = "sell"
    LINE_VOID = "line_void"
    SALE_VOID = "sale_void"
    ROUND_OFF = "round_off"  # 抹零, up to the role's cap
    TENDER_CORRECT = "tender_correct"
    REPRINT = "reprint"
    DRAWER_OPEN = "drawer_open"
    SETTINGS = "settings"
    IMPORT = "import"
    CLOCK_CONFIRM = "clock_confirm"


@dataclass(frozen=True, slots=True)
class Role:
    """A role and what it may do.

    Attributes:
        key: "cashier", "supervisor", "manager".
        name: for people; `names` has other languages.
        permissions: what the role holds.
        round_off_cap_minor: the largest 抹零 of this role, minor units.
        is_supervisor: badge alone does not sign this role on (law 12).
    """

    key: str
    name: str
    names: tuple[tuple[str, str], ...]
    permissions: frozenset[Permission]
    round_off_cap_minor: int
    is_supervisor: bool

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at the till.

    Attributes:
        staff_id: UUIDv7. number: the number typed to sign on ("1027").
        name: as shown; `names` has other languages.
        role: what they may do.
        language: the language of their screen, "" for the shop's.
        is_active: former staff stay for old documents, but cannot sign on.
    """

    staff_id: str
    number: str
    name: str
    names: tuple[tuple[str, str], ...]
    role: Role
    language: str = ""
    is_active: bool = True

    def may(self, permission: Permission) -> bool:
        """Tell whether the role holds `permission`."""
        return permission in self.role.permissions

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)
