"""Makes the shop's logo ready; Pillow is loaded when somebody chooses one."""

from __future__ import annotations

from pathlib import Path

from pos_app.errors import UserError
from pos_app.ports.logo import Dithering, LogoSketch


class LogoUpkeep:
    """The part of ui.presenters.workplace.Upkeep that knows pictures."""

    def sketch_logo(self, picture: Path | bytes, paper_mm: int) -> LogoSketch:
        """Read a picture and make it black and white in each way.

        Raises:
            UserError: "logo_unreadable" or "logo_too_large".
        """
        from hardware.printer.logo import FILE_LIMIT, PillowLogoMaker

        data = picture
        if isinstance(data, Path):
            try:
                with data.open("rb") as file:  # no more than is ever used
                    data = file.read(FILE_LIMIT + 1)
            except OSError as error:
                raise UserError("logo_unreadable") from error
        return PillowLogoMaker().sketch(data, paper_mm)

    def logo_prints(
        self, original: bytes, dithering: Dithering
    ) -> tuple[tuple[int, bytes], ...]:
        """Make the logo ready for each width of paper."""
        from hardware.printer.logo import PillowLogoMaker

        return PillowLogoMaker().prints(original, dithering)
