"""The logo while it is chosen: four ways of printing it, beside each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.logo import Dithering, LogoSketch
from pos_app.services.slip_design import PreparedLogo
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.slips_state import LogoView

if TYPE_CHECKING:
    from ui.presenters.slips import SlipsPart


class SlipsLogo:
    """What is chosen and not saved yet."""

    def __init__(self, part: SlipsPart) -> None:
        self._part = part
        self._sketch: LogoSketch | None = None
        self._chosen = ""
        self._version = -1
        self._is_new = False
        self._is_busy = False

    @property
    def view(self) -> LogoView:
        """Return what the page shows of it."""
        if self._sketch is None:
            return LogoView(is_busy=self._is_busy)
        ways = tuple((way.value, png) for way, png in self._sketch.prints)
        return LogoView(
            ways, self._chosen, self._sketch.suggested, self._is_new, self._is_busy
        )

    @property
    def png_shown(self) -> bytes | None:
        """The logo of the preview while one is chosen; None for that in force."""
        if self._sketch is None or not self._is_new:
            return None
        return dict(self._sketch.prints)[Dithering(self._chosen)]

    def begin(self) -> None:
        """Read the logo in force, if it is another one than what is shown."""
        logo = self._part.work.counter.desk.catalog.logo()
        version = logo.version if logo else 0
        if self._is_new or version == self._version:
            return
        self._version, self._sketch = version, None
        if logo is not None and logo.original:
            self._chosen = logo.dithering
            self._is_busy = True
            self._read(logo.original, self._on_stored_read)

    def look_again(self) -> None:
        """Draw the ways for another width of paper."""
        if self._sketch is not None:
            self._is_busy = True
            self._read(self._sketch.original, self._on_read_again)

    def throw_away(self) -> None:
        """Forget what was chosen and not saved."""
        if self._is_new:
            self._is_new, self._version = False, -1
            self.begin()

    # ------------------------------------------------------------------- intents

    def on_file(self, path: Path) -> None:
        """Read a picture file."""
        self._is_busy = True
        self._read(path, self._on_new)
        self._part.changed.emit()

    def on_path(self, path: str) -> None:
        """A picture file was chosen."""
        self.on_file(Path(path))

    def on_save_pressed(self) -> None:
        """Keep it."""
        self.on_save()

    def on_way(self, key: str) -> None:
        """Another way of printing it."""
        if key != self._chosen and self._sketch is not None:
            self._chosen, self._is_new = key, True
            self._part.look()
            self._part.changed.emit()

    def on_save(self, then: Callable[[], None] | None = None) -> None:
        """Keep it."""
        if self._sketch is None or not self._is_new:
            return
        way = Dithering(self._chosen)

        def on_stored() -> None:
            self._on_kept()
            if then is not None:
                then()

        self._store_as(self._sketch.original, way, on_stored)

    def on_remove(self) -> None:
        """Print no logo any more."""
        self._store(None, self._on_removed)

    # ------------------------------------------------------------------ answers

    def _on_new(self, sketch: LogoSketch) -> None:
        self._sketch, self._chosen = sketch, sketch.suggested.value
        self._is_new, self._is_busy = True, False
        self._part.look()
        self._part.changed.emit()

    def _on_stored_read(self, sketch: LogoSketch) -> None:
        if not self._is_new:
            self._sketch = sketch
        self._is_busy = False
        self._part.changed.emit()

    def _on_read_again(self, sketch: LogoSketch) -> None:
        self._sketch, self._is_busy = sketch, False
        self._part.look()
        self._part.changed.emit()

    def on_unreadable(self, error: GuitaiError) -> None:
        """Say why a picture cannot be used."""
        self._is_busy = False
        self._part.on_refused(error)

    def _on_kept(self) -> None:
        logo = self._part.work.counter.desk.catalog.logo()
        self._version = logo.version if logo else 0
        self._is_new = False
        self._part.frame.say(_("Saved: the next slip has this logo."))

    def _on_removed(self) -> None:
        logo = self._part.work.counter.desk.catalog.logo()
        self._version = logo.version if logo else 0
        self._sketch, self._is_new = None, False

    # -------------------------------------------------------------------- inside

    def _read(self, picture: Path | bytes, then: Callable[[LogoSketch], None]) -> None:
        sketch = self._part.work.upkeep.sketch_logo
        paper_mm = self._part.paper_mm
        task = self._part.place.runner.run(lambda: sketch(picture, paper_mm))
        task.then(then).otherwise(self.on_unreadable)

    def _store_as(
        self, original: bytes, way: Dithering, then: Callable[[], None]
    ) -> None:
        """Make the logo ready for both papers, then keep it."""
        prints = self._part.work.upkeep.logo_prints

        def on_ready(made: tuple[tuple[int, bytes], ...]) -> None:
            self._store(PreparedLogo(original, way.value, made), then)

        task = self._part.place.runner.run(lambda: prints(original, way))
        task.then(on_ready).otherwise(self.on_unreadable)

    def _store(self, logo: PreparedLogo | None, then: Callable[[], None]) -> None:
        design = self._part.work.counter.slip_design

        def on_stored() -> None:
            then()
            self._part.look()

        words = ApprovalWords(title=_("Logo"))
        self._part.store(lambda: design.set_logo(logo), on_stored, words)
