"""Fonts: Inter for Latin and figures, a CJK family for Han, tabular figures."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from pos_app.resources import resource_path
from ui.theme.theme import Theme

#: Design section 5: weights 400, 600 and 700 only.
REGULAR, SEMIBOLD, BOLD = 400, 600, 700
_ROLE_WEIGHTS = {
    "disp": BOLD,
    "h1": BOLD,
    "h2": BOLD,
    "name": BOLD,
    "num": BOLD,
    "body": REGULAR,
    "label": SEMIBOLD,
    "cap": REGULAR,
    "hint": SEMIBOLD,
}
_WEIGHTS = {
    REGULAR: QFont.Weight.Normal,
    SEMIBOLD: QFont.Weight.DemiBold,
    BOLD: QFont.Weight.Bold,
}
_HAN_SIMPLIFIED = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")
_HAN_TRADITIONAL = ("Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC")
_WINDOWS_SIMPLIFIED = ("Microsoft YaHei UI", "Microsoft YaHei")
_WINDOWS_TRADITIONAL = ("Microsoft JhengHei UI", "Microsoft JhengHei")
_ANY_HAN = ("WenQuanYi Micro Hei", "PingFang SC")
#: Widths of so many words of a font are remembered.
_WIDTHS = 1_000
#: The identities of the fonts that `sized_font` has made and keeps.
_SIZED: set[int] = set()


@cache
def load_bundled_fonts() -> tuple[str, ...]:
    """Give Qt the Inter files that ship with the till; return their families."""
    families: list[str] = []
    for file in sorted(resource_path("fonts").glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(families)


@cache
def families(language: str) -> tuple[str, ...]:
    """Return the installed families to try, in order, for a language tag.

    Asking Qt for a family that is not installed makes it scan all aliases
    (100 ms), so the list holds only what is there.
    """
    load_bundled_fonts()
    simplified = _HAN_SIMPLIFIED + _WINDOWS_SIMPLIFIED
    traditional = _HAN_TRADITIONAL + _WINDOWS_TRADITIONAL
    taiwan = language in {"zh-TW", "zh-HK"}
    han = traditional + simplified if taiwan else simplified + traditional
    installed = set(QFontDatabase.families())
    wanted = ("Inter", *han, *_ANY_HAN, "DejaVu Sans")
    found = tuple(name for name in wanted if name in installed)
    return found or ("sans-serif",)


@cache
def sized_font(language: str, pixels: int, weight: int) -> QFont:
    """Return the font of a pixel size and weight; one object, never changed."""
    made = QFont()
    made.setFamilies(list(families(language)))
    made.setPixelSize(pixels)
    made.setWeight(_WEIGHTS[weight])
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    if pixels >= 40:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.03 * pixels)
    _SIZED.add(id(made))
    return made


class _ThemeFonts:
    """The fonts of the theme in use, by role: asked for forty times in a scan."""

    def __init__(self) -> None:
        self._theme: Theme | None = None
        self._fonts: dict[tuple[str, int | None], QFont] = {}

    def of(self, theme: Theme, role: str, weight: int | None) -> QFont:
        if theme is not self._theme:
            self._theme, self._fonts = theme, {}
        found = self._fonts.get((role, weight))
        if found is None:
            found = self._fonts[role, weight] = sized_font(
                theme.language, theme.text_px(role), weight or _ROLE_WEIGHTS[role]
            )
        return found


_IN_USE = _ThemeFonts()


def font(theme: Theme, role: str, weight: int | None = None) -> QFont:
    """Return the font of a text role of the theme.

    Args:
        theme: the theme in use.
        role: "disp", "h1", "h2", "name", "num", "body", "label", "cap", "hint".
        weight: REGULAR, SEMIBOLD or BOLD; None for the role's own.
    """
    return _IN_USE.of(theme, role, weight)


def free_font(theme: Theme, size: float, weight: int = REGULAR) -> QFont:
    """Return a font of a size that is not a role (1366x768 pixels)."""
    return sized_font(theme.language, theme.text_size(size), weight)


class _Measured:
    """A font of `sized_font`, its metrics and how wide words are in it."""

    __slots__ = ("font", "metrics", "widths")

    def __init__(self, made: QFont) -> None:
        self.font = made
        self.metrics = QFontMetrics(made)
        self.widths: dict[str, int] = {}


#: By identity: such a font lives as long as the program and is never changed.
_MEASURED: dict[int, _Measured] = {}
#: Of all others, by what they are: writing that down takes longer than measuring.
_METRICS: dict[str, QFontMetrics] = {}


def metrics(used: QFont) -> QFontMetrics:
    """Return the metrics of a font; made once."""
    known = _measured(used)
    if known is not None:
        return known.metrics
    key = used.key()
    found = _METRICS.get(key)
    if found is None:
        found = _METRICS[key] = QFontMetrics(used)
    return found


def width_of(text: str, used: QFont) -> int:
    """Return how wide a text is in a font, pixels; words come again and again."""
    known = _measured(used)
    if known is None:
        return metrics(used).horizontalAdvance(text)
    width = known.widths.get(text)
    if width is None:
        if len(known.widths) >= _WIDTHS:
            known.widths = {}
        width = known.widths[text] = known.metrics.horizontalAdvance(text)
    return width


def _measured(used: QFont) -> _Measured | None:
    known = _MEASURED.get(id(used))
    if known is not None and known.font is used:
        return known
    if id(used) not in _SIZED:
        return None
    known = _MEASURED[id(used)] = _Measured(used)
    return known
