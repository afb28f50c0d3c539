"""The theme in use: colours, sizes and text scale in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ui.theme.tokens import Colours, Profile, colours, fitting, profile, radius

THEME_NAMES = ("light", "dark")
TEXT_SCALES = {"small": 0.9, "normal": 1.0, "large": 1.25}


#: A text size that the screen chooses by itself goes no further.
LARGEST_BY_ITSELF = 1.25
#: 600 mm x tan(19/60 degrees), micrometres, and Inter's capitals by its size.
_CAPITAL_UM, _CAPITAL_OF_SIZE = 3316, 0.727
#: What no screen has: a slip of whoever measured.
NARROWEST_UM, WIDEST_UM = 60, 600


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that decides how a widget looks.

    Attributes:
        name: "light" or "dark".
        profile: the sizes of this screen class.
        scale: multiplies every size; 1.2 on 1920x1080.
        text_scale: multiplies text only; 0.9 to 1.5, the person's choice.
        um_per_px: how wide a pixel of this screen is, micrometres; 0 unknown.
        language: tag of the words on the screen; decides which Han glyphs.
        is_high_contrast: hairlines become strong lines.
        is_motion_reduced: nothing moves.
        is_left_handed: ticket and pay column change places.
    """

    name: str = "light"
    profile: Profile = field(default_factory=lambda: profile("standard"))
    scale: float = 1.0
    text_scale: float = 1.0
    um_per_px: int = 0
    language: str = "en"
    is_high_contrast: bool = False
    is_motion_reduced: bool = False
    is_left_handed: bool = False

    @property
    def colours(self) -> Colours:
        """The colours, with the high-contrast swaps of the design."""
        plain = colours(self.name)
        if not self.is_high_contrast:
            return plain
        return replace(plain, line=plain.linestrong, sel=plain.primarysoft)

    def px(self, size: float) -> int:
        """Scale a size of the 1366x768 drawing to this window; at least 1."""
        return max(1, round(size * self.scale)) if size > 0 else 0

    def text_px(self, role: str) -> int:
        """Return the pixel size of a text role ("body", "cap", "disp" ...)."""
        return self.text_size(dict(self.profile.text)[role])

    def text_size(self, size: float) -> int:
        """Scale a text size that is not a role; pixels."""
        return max(9, round(size * self.scale * self.legible_scale))

    @property
    def legible_scale(self) -> float:
        """The person's text scale, larger where the screen's pixels are too small.

        Names of goods shall be seen under 19 minutes of arc from 60 cm (ISO
        9241-3); beyond 1.25 words would no longer fit on their keys.
        """
        if not self.um_per_px:
            return self.text_scale
        drawn = dict(self.profile.text)["name"] * self.scale
        wanted = self.text_scale * legible_px(self.um_per_px) / drawn
        return max(self.text_scale, min(wanted, LARGEST_BY_ITSELF))

    def radius(self, shape: str) -> int:
        """Return the corner radius of a shape, pixels."""
        return self.px(radius(shape))

    def fitted(self, width: int, height: int) -> Theme:
        """Return this theme for a window of another size."""
        chosen, scale = fitting(width, height, self.um_per_px)
        return replace(self, profile=chosen, scale=scale)


def legible_px(um_per_px: int) -> int:
    """Return the text size whose capitals are seen under 19' from 60 cm, pixels."""
    return round(_CAPITAL_UM / _CAPITAL_OF_SIZE / um_per_px)
