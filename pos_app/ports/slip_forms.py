"""The slips' forms as the core reads and changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pos_app.domain.slip_form import ShopLogo, StoredTemplate
from pos_app.values.times import Timestamp


class SlipFormReader(Protocol):
    """Read access on the catalogue's own thread."""

    def templates(self) -> Mapping[str, StoredTemplate]:
        """Return the version in force of each template that was ever written."""
        ...

    def template_versions(self, kind: str) -> Sequence[StoredTemplate]:
        """Return every version of a template, newest first."""
        ...

    def logo(self) -> ShopLogo | None:
        """Return the logo in force; None where none was ever chosen."""
        ...


class SlipFormEditor(Protocol):
    """Write access within one change of the catalogue."""

    def template(self, kind: str) -> StoredTemplate | None:
        """Return the version of a template in force."""
        ...

    def put_template(self, template: StoredTemplate) -> None:
        """Store a new version of a template; versions are never overwritten."""
        ...

    def logo(self) -> ShopLogo | None:
        """Return the logo in force."""
        ...

    def put_logo(self, logo: ShopLogo, made_at: Timestamp, made_by: str) -> None:
        """Store a new version of the logo."""
        ...
