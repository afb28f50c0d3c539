"""The page that shows all pictures of `guitai shots` side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

_HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Guitai screens</title>
<style>
body { font: 15px sans-serif; margin: 24px; background: #e9edee; color: #10202a; }
h2 { margin: 32px 0 8px; }
.row { display: flex; flex-wrap: wrap; gap: 12px; }
figure { margin: 0; width: 320px; }
img { width: 100%; height: auto; border: 1px solid #b8c4c8; background: #fff; }
figcaption { font-size: 12px; }
</style>
<h1>Guitai screens</h1>
"""


def write_index(folder: Path, names: Sequence[str]) -> Path:
    """Write index.html: one row for each screen, languages in order.

    Args:
        folder: where the pictures are.
        names: of the pictures, NN_screen_size_theme_language.png.
    """
    rows = [
        f"<h2>{escape(screen)}</h2>\n<div class=row>\n{_figures(list(group))}</div>\n"
        for screen, group in groupby(sorted(names, key=_screen), _screen)
    ]
    file = folder / "index.html"
    file.write_text(_HEAD + "".join(rows), encoding="utf-8")
    return file


def _screen(name: str) -> str:
    return name.rsplit("_", 3)[0]


def _figures(names: Sequence[str]) -> str:
    return "".join(
        f'<figure><a href="{escape(name)}"><img loading=lazy src="{escape(name)}"></a>'
        f"<figcaption>{escape(_look(name))}</figcaption></figure>\n"
        for name in names
    )


def _look(name: str) -> str:
    return " · ".join(name.removesuffix(".png").rsplit("_", 3)[1:])
