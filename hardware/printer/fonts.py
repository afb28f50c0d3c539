"""Finds the fonts that draw a slip, on Linux and on Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from hardware.printer.rom_fonts import is_east_asian, language_key
from pos_app.errors import DeviceError

#: A character that no font has: how a font draws what it lacks.
_ABSENT = "\U0010ffff"
#: Debian and Ubuntu, Arch, Fedora, and where people put fonts by hand.
_LINUX_FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
)
_NOTO = {False: "NotoSansCJK-Regular.ttc", True: "NotoSansCJK-Bold.ttc"}
_NOTO_FACES = {"zh-TW": "TC", "ja": "JP", "ko": "KR"}
#: By language: YaHei, JhengHei, Yu Gothic and Malgun, then what older Windows has.
_WINDOWS = {
    "zh-TW": {False: ("msjh.ttc", "mingliu.ttc"), True: ("msjhbd.ttc",)},
    "ja": {False: ("YuGothM.ttc", "msgothic.ttc"), True: ("YuGothB.ttc",)},
    "ko": {False: ("malgun.ttf", "gulim.ttc"), True: ("malgunbd.ttf",)},
}
_WINDOWS_SIMPLIFIED = {False: ("msyh.ttc", "simsun.ttc"), True: ("msyhbd.ttc",)}
#: What draws Arabic, Hebrew, Thai, symbols and emoji where the CJK font cannot.
_OTHERS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoEmoji-Regular.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "segoeui.ttf",
    "seguiemj.ttf",
    "seguisym.ttf",
    "tahoma.ttf",
    "LeelawUI.ttf",  # Thai, Lao, Khmer
    "Nirmala.ttc",  # the scripts of India
    "Nirmala.ttf",
    "ebrima.ttf",  # of Africa
)


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and which of its faces is meant."""

    path: str
    index: int


def cjk_face(language: str, *, bold: bool) -> Face:
    """Return the face that draws Chinese in the shapes of `language`.

    Raises:
        DeviceError: "no_cjk_font" when this computer has none; the person
            installs one (Debian: fonts-noto-cjk) and prints again.
    """
    found = _cjk_face(language_key(language), bold=bold)
    if found is None:
        raise DeviceError("no_cjk_font", language=language)
    return found


@cache
def _cjk_face(language: str, *, bold: bool) -> Face | None:
    for candidate in (*_candidates(language, bold=bold), *_from_fontconfig(language)):
        if Path(candidate).is_file():
            return Face(candidate, _face_index(candidate, language))
    return _cjk_face(language, bold=False) if bold else None


def _candidates(language: str, *, bold: bool) -> Iterable[str]:
    for folder in _LINUX_FOLDERS:
        yield str(Path(folder).expanduser() / _NOTO[bold])
    # Japanese and Korean faces lack simplified ideographs, which goods may have.
    names = _WINDOWS.get(language, _WINDOWS_SIMPLIFIED)
    for name in (*names[bold], *_WINDOWS_SIMPLIFIED[bold]):
        yield _windows_font(name)


def _windows_font(name: str) -> str:
    return str(Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts" / name)


def _from_fontconfig(language: str) -> Iterable[str]:
    command = shutil.which("fc-match")
    if command is None:
        return
    tag = language.lower() if is_east_asian(language) else "zh-cn"
    asked = [command, "--format=%{file}\n%{lang}", f":lang={tag}"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    file, _, languages = answer.stdout.partition("\n")
    # fc-match always names some font; only one that says so draws Chinese.
    wanted = language.partition("-")[0] if is_east_asian(language) else "zh"
    if wanted in languages:
        yield file


def _face_index(path: str, language: str) -> int:
    """Find the regional face inside a collection; 0 where there is one face."""
    if not path.endswith(".ttc") or "Noto" not in path:
        return 0
    wanted = f"Noto Sans CJK {_NOTO_FACES.get(language, 'SC')}"
    for index in range(10):
        try:
            family, _ = ImageFont.truetype(path, 12, index=index).getname()
        except OSError:
            return 0
        if family == wanted:
            return index
    return 0


@cache
def other_faces() -> tuple[Face, ...]:
    """Return the faces for what the CJK face lacks; may be empty."""
    paths = (p if p.startswith("/") else _windows_font(p) for p in _OTHERS)
    return tuple(Face(path, 0) for path in paths if Path(path).is_file())


@cache
def face_with(char: str) -> Face | None:
    """Return a face of this computer that has a rare character; None without one."""
    command = shutil.which("fc-match")
    if command is None:
        return None
    asked = [command, "--format=%{file}\n%{index}", f":charset={ord(char):x}"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    file, _, index = answer.stdout.partition("\n")
    if not file or not Path(file).is_file():
        return None
    face = Face(file, int(index) if index.isdecimal() else 0)
    try:
        return face if can_draw(face, char) else None
    except OSError:  # a font in a form that cannot be scaled
        return None


@cache
def font(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    """Open a face at a size in pixels."""
    return ImageFont.truetype(face.path, size_px, index=face.index)


@cache
def can_draw(face: Face, char: str) -> bool:
    """Tell whether a face has a glyph of its own for `char`."""
    probe = _probe(face)
    return bytes(probe.getmask(char)) != bytes(probe.getmask(_ABSENT))


@cache
def _probe(face: Face) -> ImageFont.FreeTypeFont:
    # Without shaping: HarfBuzz would put η and an accent side by side for ή.
    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(face.path, 24, index=face.index, layout_engine=basic)
