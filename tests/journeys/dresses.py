"""The looks in which every view is walked: each language in each size.

Two of the diagonal are walked at every run: the longest words in the smallest window,
and Chinese letters in the largest size. `dev.py test --all` walks all nine.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest

LANGUAGES = ("zh-CN", "zh-TW", "en")
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
#: English needs the most room, so it is walked in the smallest size.
_ALWAYS = {("en", (1024, 768)), ("zh-CN", (1366, 768))}


def dresses() -> list[Any]:
    """Return (language, size, theme, percent); light and dark, plain and large in turn."""
    pairs = itertools.product(LANGUAGES, SIZES)
    looks = itertools.cycle([("light", 100), ("dark", 125)])
    return [
        pytest.param(
            language,
            size,
            theme,
            percent,
            marks=() if (language, size) in _ALWAYS else (pytest.mark.slow,),
        )
        for (language, size), (theme, percent) in zip(pairs, looks, strict=False)
    ]
