"""guitai shots: every screen in every size, theme and language, as PNGs."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.cli.manual_pictures import drop_others, keep_picture, scenes_named
from pos_app.cli.scripted_till import ScriptedIds, ScriptedTill, need_no_display
from pos_app.cli.shot_index import write_index
from pos_app.cli.shot_scenes import ShotScenes
from pos_app.cli.shot_scenes_customer import CustomerScenes
from pos_app.cli.shot_scenes_setup import setup_scenes
from pos_app.errors import StorageError, UserError
from pos_app.i18n import LANGUAGES
from pos_app.resources import resource_path
from pos_app.values.times import Timestamp

if TYPE_CHECKING:
    from ui.hand import Hand

SIZES = ("1366x768", "1024x768", "1920x1080")
THEMES = ("light", "dark")
#: The Saturday of the sample shop, at the hour of the design's pictures.
MOMENT = Timestamp.parse("2026-11-21T14:32:00+08:00")


@dataclass(frozen=True, slots=True)
class Look:
    """One way the screens can look.

    Attributes:
        size: "1366x768". theme: "light" or "dark". language: a language tag.
    """

    size: str
    theme: str
    language: str

    @property
    def words(self) -> str:
        """As it ends the pictures' names."""
        return f"{self.size}_{self.theme}_{self.language}"

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height."""
        width, _x, height = self.size.partition("x")
        return int(width), int(height)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("--out", type=Path, default=Path("build") / "shots")
    for name, every in (("sizes", SIZES), ("themes", THEMES), ("languages", LANGUAGES)):
        parser.add_argument(
            f"--{name}",
            default=",".join(every),
            help=f"some of {','.join(every)}, with commas between",
        )
    parser.add_argument(
        "--manual",
        action="store_true",
        help="take the manual's pictures anew instead, where its pages are",
    )


def run(parsed: argparse.Namespace) -> int:
    """Take all pictures and write the page that shows them.

    Raises:
        UserError: "setting_refused" for a size, theme or language that is none,
            "pictures_folder_unwritable".
    """
    need_no_display()
    if parsed.manual:
        return _picture_manual(_chosen("--languages", parsed.languages, LANGUAGES))
    looks = [
        Look(*words)
        for words in product(
            _chosen("--sizes", parsed.sizes, None),
            _chosen("--themes", parsed.themes, THEMES),
            _chosen("--languages", parsed.languages, LANGUAGES),
        )
    ]
    folder = _make(parsed.out)
    started = time.monotonic()
    taken = _shoot_all(folder, looks)
    write_index(folder, taken)
    seconds = time.monotonic() - started
    print(f"{len(taken)} pictures in {seconds:.0f} s, see index.html")
    print(folder)
    return 0


def _shoot_all(folder: Path, looks: Sequence[Look]) -> list[str]:
    """Shoot every look, as many at a time as there are cores."""
    workers = min(len(looks), os.cpu_count() or 1)
    taken: list[str] = []
    # Spawned, not forked: Qt and the databases start clean in each process.
    with ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        jobs = {pool.submit(shoot, folder, look): look for look in looks}
        for number, job in enumerate(as_completed(jobs), 1):
            taken += job.result()
            print(f"{number}/{len(looks)}  {jobs[job].words}", flush=True)
    return taken


def shoot(folder: Path, look: Look) -> list[str]:
    """Play every scene in one look.

    Returns:
        The names of the pictures, NN_screen_size_theme_language.png.
    """
    names: list[str] = []
    for number, (scene, hand) in enumerate(play_scenes(look), 1):
        names.append(f"{number:02}_{scene}_{look.words}.png")
        hand.photograph(folder / names[-1])
    names.append(f"{len(names) + 1:02}_start_problem_{look.words}.png")
    _shoot_problem(folder / names[-1], look.pixels)
    return names


def play_scenes(look: Look) -> Iterator[tuple[str, Hand]]:
    """Play every scene; yield its name and who can photograph it as it stands."""
    with ScriptedTill(MOMENT, look.language, ScriptedIds(MOMENT)) as place:
        place.set_up(theme=look.theme)
        place.screen.dress()
        place.open(*look.pixels)
        for scene in ShotScenes(place).play():
            yield scene, place.hand
        yield from CustomerScenes(place).play()
    with setup_scenes(look.pixels, look.theme, look.language) as wizard:
        for scene in wizard.play():
            yield scene, wizard.hand


def _picture_manual(languages: Sequence[str]) -> int:
    """Take the pictures that the manual's pages name, where its pages are.

    Returns:
        The exit code: 1 when a page names a scene that is never played.
    """
    folder = _make(resource_path("manual", "pictures"))
    looks = [Look(SIZES[0], THEMES[0], language) for language in languages]
    workers = min(len(looks), os.cpu_count() or 1)
    missing: set[str] = set()
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        jobs = {pool.submit(picture_manual, folder, look): look for look in looks}
        for job in as_completed(jobs):
            changed, missed = job.result()
            missing |= missed
            print(f"{jobs[job].language}: {changed} pictures are new or different")
    for scene in sorted(missing):
        print(f"no scene is called {scene}")
    return int(bool(missing))


def picture_manual(folder: Path, look: Look) -> tuple[int, frozenset[str]]:
    """Take the manual's pictures in one language; drop those that it names no more.

    Returns:
        How many files are new or different, and the scenes that were never played.
    """
    own = _make(folder / look.language)
    named = scenes_named(look.language)
    taken: set[str] = set()
    changed = 0
    with tempfile.TemporaryDirectory(prefix="guitai-manual-") as place:
        file = Path(place) / "scene.png"
        for scene, hand in play_scenes(look):
            if scene in named and scene not in taken:
                hand.rest()
                hand.photograph(file)
                area = hand.dialog_area()
                changed += keep_picture(own, scene, file.read_bytes(), area)
                taken.add(scene)
    changed += len(tuple(drop_others(own, named)))
    return changed, named - taken


def _shoot_problem(file: Path, pixels: tuple[int, int]) -> None:
    """Photograph the page that stands where the window cannot."""
    from ui.dialogs.startup_problem import StartupProblemPage, startup_problem
    from ui.hand import Hand

    page = StartupProblemPage(startup_problem(StorageError("till_already_running")))
    hand = Hand(page)
    hand.resize(*pixels)
    hand.photograph(file)


def _chosen(option: str, text: str, every: Sequence[str] | None) -> list[str]:
    """Return the words of an option; sizes may be any."""
    words = text.split(",")
    for word in words:
        parts = word.split("x")
        is_size = len(parts) == 2 and all(part.isdigit() for part in parts)
        if not (is_size if every is None else word in every):
            raise UserError("setting_refused", setting=option, value=word)
    return words


def _make(out: Path) -> Path:
    folder = out.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        place = str(folder)
        raise UserError("pictures_folder_unwritable", folder=place) from error
    return folder
