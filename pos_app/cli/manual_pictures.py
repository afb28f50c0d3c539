"""The manual's pictures: those scenes of `guitai shots` that its pages name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from pos_app.i18n import LANGUAGES
from pos_app.services.manual import Manual

#: Left, top, right, bottom, in pixels of the whole screen.
Area = tuple[int, int, int, int]
#: As wide as a page of the manual is on a till's usual screen.
WIDTH_PX = 900
#: Flat surfaces and letters need no more; the most distant colours are kept.
COLOURS, ROUNDS = 64, 3
_NAMED = re.compile(r"!\[[^\]]*\]\(([^)]*)\)")


def scenes_named(language: str = "") -> frozenset[str]:
    """Return the scenes that the pages name.

    Args:
        language: a language tag; "" for all languages together.
    """
    return frozenset(
        scene
        for tag in ([language] if language else LANGUAGES)
        for page in Manual(tag).pages
        for scene in _NAMED.findall(page.text)
    )


def small_png(picture: bytes, area: Area | None = None) -> bytes:
    """Return a picture of a screen as a page of the manual shows it.

    The same picture always gives the same bytes: a palette without chance, no
    dithering, nothing of the day in the file.

    Args:
        picture: a PNG of the whole screen, in any size.
        area: of a dialog, which is then shown alone and in its own size.
    """
    with Image.open(io.BytesIO(picture)) as image:
        shown = image.convert("RGB")
    if area is not None:
        shown = shown.crop(area)
    if shown.width > WIDTH_PX:
        height = round(shown.height * WIDTH_PX / shown.width)
        shown = shown.resize((WIDTH_PX, height), Image.Resampling.BOX)
    few = shown.quantize(
        COLOURS,
        Image.Quantize.MAXCOVERAGE,
        kmeans=ROUNDS,
        dither=Image.Dither.NONE,
    )
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def keep_picture(
    folder: Path, scene: str, picture: bytes, area: Area | None = None
) -> bool:
    """Write a scene's picture unless it lies there already.

    Args:
        folder: of one language.
        scene: its name.
        picture: a PNG of the whole screen.
        area: of a dialog, which is then shown alone.

    Returns:
        Whether the file is another one now.
    """
    file, made = folder / f"{scene}.png", small_png(picture, area)
    if file.exists() and file.read_bytes() == made:
        return False
    file.write_bytes(made)
    return True


def drop_others(folder: Path, scenes: frozenset[str]) -> Iterator[str]:
    """Delete the pictures that no page names any more; yield their names."""
    for file in sorted(folder.glob("*.png")):
        if file.stem not in scenes:
            file.unlink()
            yield file.stem
