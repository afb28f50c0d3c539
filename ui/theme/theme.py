"""The theme in use: colours, sizes and text scale in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ui.theme.tokens import Colours, Profile, colours, fitting, profile, radius

THEME_NAMES = ("light", "dark")
TEXT_SCALES = {"small": 0.9, "normal": 1.0, "large": 1.25}


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that decides how a widget looks.

    Attributes:
        name: "light" or "dark".
        profile: the sizes of this screen class.
        scale: multiplies every size; 1.2 on 1920x1080.
        text_scale: multiplies text only; 0.9 to 1.5, the person's choice.
        language: tag of the words on the screen; decides which Han glyphs.
        is_high_contrast: hairlines become strong lines.
        is_motion_reduced: nothing moves.
    """

    name: str = "light"
    profile: Profile = field(default_factory=lambda: profile("standard"))
    scale: float = 1.0
    text_scale: float = 1.0
    language: str = "en"
    is_high_contrast: bool = False
    is_motion_reduced: bool = False

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
        return max(
            9, round(dict(self.profile.text)[role] * self.scale * self.text_scale)
        )

    def text_size(self, size: float) -> int:
        """Scale a text size that is not a role; pixels."""
        return max(9, round(size * self.scale * self.text_scale))

    def radius(self, shape: str) -> int:
        """Return the corner radius of a shape, pixels."""
        return self.px(radius(shape))

    def fitted(self, width: int, height: int) -> Theme:
        """Return this theme for a window of another size."""
        chosen, scale = fitting(width, height)
        return replace(self, profile=chosen, scale=scale)
