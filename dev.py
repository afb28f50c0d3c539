#!/usr/bin/env python3
"""The one door to the project: `python3 dev.py COMMAND`.

Needs nothing but Python 3.11: it makes `.venv`, installs the hash-locked
requirements into it, sees to what Qt needs from the system, and goes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Kept readable for older Pythons, so that they say this and not "SyntaxError".
if sys.version_info < (3, 11):  # noqa: UP036 - this very line tells them
    newer = [n for n in ("python3.13", "python3.12", "python3.11") if shutil.which(n)]
    advice = "run " + newer[0] + " dev.py" if newer else "install a newer one"
    print("Guitai needs Python 3.11 or newer, this is", sys.version.split()[0], end="")
    print(": " + advice)
    sys.exit(2)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "guitai-lock.sha256"
LOCK = ROOT / "requirements" / "dev.txt"
RUNTIME_LOCK = ROOT / "requirements" / "runtime.txt"
LOCALE = ROOT / "resources" / "locale"
PRODUCT = ["pos_app", "ui", "hardware", "sync", "dev.py"]

# What Qt's windows and its offscreen platform load, and the Debian package of
# each. Their own dependencies bring the rest (libx11-6, libxcb1, libfreetype6).
LIBRARIES = """
libEGL.so.1=libegl1 libGL.so.1=libgl1 libdbus-1.so.3=libdbus-1-3
libfontconfig.so.1=libfontconfig1 libglib-2.0.so.0=libglib2.0-0
libX11-xcb.so.1=libx11-xcb1 libxcb-cursor.so.0=libxcb-cursor0
libxcb-icccm.so.4=libxcb-icccm4 libxcb-image.so.0=libxcb-image0
libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-randr.so.0=libxcb-randr0
libxcb-render-util.so.0=libxcb-render-util0 libxcb-shape.so.0=libxcb-shape0
libxcb-sync.so.1=libxcb-sync1 libxcb-xfixes.so.0=libxcb-xfixes0
libxcb-xkb.so.1=libxcb-xkb1 libxkbcommon.so.0=libxkbcommon0
libxkbcommon-x11.so.0=libxkbcommon-x11-0
"""
# A till draws Chinese on its screen and on slips; its Latin font travels with it.
CHINESE = ("*CJK*", "wqy-*", "SourceHanSans*", "DroidSansFallback*")
Words = list[str | Path]


def say(text: str) -> None:
    """Print one line of progress at once, even into a pipe."""
    print(f"dev: {text}", flush=True)


def stop(text: str) -> SystemExit:
    """Return the exception that ends the program with a word to the person."""
    return SystemExit(f"dev: {text}")


def run(*command: str | Path, **extra_environment: str) -> int:
    """Run `command` in the project's folder; return its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1", **extra_environment}
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


def must(what: str, *command: str | Path, **extra_environment: str) -> None:
    """Run `command`; end with a clear word when it fails."""
    code = run(*command, **extra_environment)
    if code:
        words = " ".join(str(word) for word in command)
        raise stop(f"{what} failed (exit code {code}). The command was: {words}")


# ------------------------------------------------------------ the system's part
def install_packages(packages: list[str], why: str) -> None:
    """Install Debian packages when we may, else say how a person does it."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        names = " ".join(packages)
        raise stop(f"{why}. Install what Debian calls: {names}; then try again.")
    if os.geteuid() != 0:
        raise stop(f"{why}. Run this, then try again:\n  sudo {' '.join(install)}")
    say(f"{why}; installing {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    must("Reading the package lists", "apt-get", "update", "-q", **quiet)
    must("Installing", *install, **quiet)


def missing_libraries() -> list[str]:
    """Name the Debian packages of the libraries that Qt would not find."""
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    cache = subprocess.run([ldconfig, "-p"], capture_output=True, check=False)
    known = set(cache.stdout.decode().split())
    pairs = (pair.split("=") for pair in LIBRARIES.split())
    return sorted(package for library, package in pairs if library not in known)


def missing_fonts() -> list[str]:
    """Name the Debian package of a Chinese font when no font folder holds one."""
    home = Path.home()
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    folders += [home / ".local/share/fonts", home / ".fonts"]
    names = [  # os.walk passes over what may not be read
        Path(name)
        for folder in folders
        for _, _, files in os.walk(folder)
        for name in files
    ]
    found = any(name.match(pattern) for name in names for pattern in CHINESE)
    return [] if found else ["fonts-noto-cjk"]


def prepare_system() -> None:
    """Provide Qt's libraries and the fonts on Linux; elsewhere they are there."""
    if not sys.platform.startswith("linux"):
        return
    libraries, fonts = missing_libraries(), missing_fonts()
    may_install = shutil.which("apt-get") and os.geteuid() == 0
    if libraries or (fonts and may_install):
        install_packages(libraries + fonts, "The system lacks what Qt needs")
    elif fonts:
        say("Chinese text will show as boxes until you install fonts-noto-cjk")


# ---------------------------------------------------------------- Python's part
def make_venv() -> None:
    """Make `.venv`, with Debian's missing piece installed first."""
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install_packages([f"python{version}-venv"], "This Python cannot make a venv")
    say(f"making {VENV.name} with Python {sys.version.split()[0]}")
    must("Making .venv", sys.executable, "-m", "venv", "--clear", VENV)


def lock_stamp() -> str:
    """Return what `.venv` was made from: the lock's hash."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def prepare() -> None:
    """Make everything ready that the commands need; quick when it is."""
    prepare_system()
    if not PYTHON.exists():
        make_venv()
    if not STAMP.exists() or STAMP.read_text("utf-8").strip() != lock_stamp():
        say("installing the locked requirements (some 350 MB the first time)")
        started = time.monotonic()
        pip: Words = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
        must("Installing", *pip, "--no-input", "--require-hashes", "-r", LOCK)
        STAMP.write_text(lock_stamp() + "\n", "utf-8")
        say(f"ready after {time.monotonic() - started:.0f} s")
    compile_messages()


def compile_messages(*, anyway: bool = False) -> int:
    """Compile the translations whose .po is newer than its .mo."""
    stale = [
        po
        for po in sorted(LOCALE.rglob("*.po"))
        if anyway
        or not po.with_suffix(".mo").exists()
        or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    for po in stale:
        mo = po.with_suffix(".mo")
        babel: Words = [PYTHON, "-m", "babel.messages.frontend", "-q", "compile"]
        must(f"Compiling {po.name}", *babel, "-i", po, "-o", mo)
    if stale:
        say(f"compiled {len(stale)} translations")
    return 0


def tool(name: str) -> Path:
    """Return the path of a program that the requirements brought."""
    return BIN / (f"{name}.exe" if os.name == "nt" else name)


# -------------------------------------------------------------------- commands
def guitai(command: str, *arguments: str) -> int:
    """Run the till's own command line from source."""
    return run(PYTHON, "-m", "pos_app", command, *arguments)


def check(*arguments: str) -> int:
    """Run every static check, so that one run names every fault."""
    fix = "--fix" in arguments
    sayings: dict[str, Words] = {
        "style": [tool("ruff"), "check", "--fix" if fix else "--no-fix"],
        "layout": [tool("ruff"), "format", "." if fix else "--check"],
        "types": [tool("mypy"), *PRODUCT],
        "floors": [tool("lint-imports"), "--no-logo"],
    }
    failed = []
    for what, command in sayings.items():
        say(f"check {what}")
        failed += [what] if run(*command) else []
    say("check failed: " + ", ".join(failed) if failed else "check passed")
    return int(bool(failed))


def test(*arguments: str) -> int:
    """Check, then test; with tests named, only those. pytest speaks last."""
    labs = {"--all", "--windows", "--usb"}
    rest = [word for word in arguments if word not in labs]
    if "--windows" in arguments:
        return run(sys.executable, "tests/windows_lab.py", RUNTIME_LOCK)
    if "--usb" in arguments:
        return run(sys.executable, "tests/usb_lab.py", PYTHON, *rest)
    wide = ["-m", "not device and not usb"] if "--all" in arguments else []
    # Tests named are run in one process, where a debugger can look.
    spread = [] if rest else ["-n", str(min(os.cpu_count() or 1, 4))]
    spread += ["--dist", "loadfile", "--no-loadscope-reorder"] if spread else []
    checked = 0 if rest else check()
    asked = os.environ.get("HYPOTHESIS_PROFILE")
    profile = asked or ("thorough" if wide else "every-day")
    effort = {"HYPOTHESIS_PROFILE": profile}
    tested = run(PYTHON, "-m", "pytest", *spread, *wide, *rest, **effort)
    return tested or checked


def package(*_: str) -> int:
    """Freeze the till into build/dist/guitai and prove that it sells."""
    frozen = ROOT / "build" / "dist" / "guitai"
    program = frozen / ("guitai.exe" if os.name == "nt" else "guitai")
    places: Words = ["--distpath", frozen.parent, "--workpath", ROOT / "build" / "work"]
    pyinstaller: Words = [tool("pyinstaller"), "--noconfirm", "--log-level", "WARN"]
    say("freezing the till (a minute or two)")
    must("Freezing", *pyinstaller, *places, ROOT / "build_installer.spec")
    size = sum(f.stat().st_size for f in frozen.rglob("*") if f.is_file())
    say(f"{program.relative_to(ROOT)}: {size // 1_000_000} MB; now it sells once")
    must("The frozen till's selftest", program, "selftest")
    return 0


def execute(*arguments: str) -> int:
    """Run any command with `.venv` in front of PATH."""
    words = list(arguments[1:] if arguments[:1] == ("--",) else arguments)
    if not words:
        raise stop("exec needs a command: python3 dev.py exec -- COMMAND")
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    program = shutil.which(words[0], path=path)
    if program is None:
        raise stop(f"there is no command {words[0]}")
    return run(program, *words[1:], PATH=path, VIRTUAL_ENV=str(VENV))


def lock(*arguments: str) -> int:
    """Write requirements/*.txt anew from *.in; `--upgrade` takes newer versions."""
    options = "--universal --generate-hashes --python-version 3.11 --no-emit-index-url"
    words = [*options.split(), "--no-annotate", "--quiet", *arguments]
    words += ["--custom-compile-command", "python3 dev.py lock"]
    held = ["-c", str(RUNTIME_LOCK)]
    for name, given in (("runtime", []), ("dev", held), ("peers", held)):
        files = [*given, f"requirements/{name}.in", "-o", f"requirements/{name}.txt"]
        must("Locking", tool("uv"), "pip", "compile", *words, *files)
    return 0


COMMANDS: dict[str, tuple[str, Callable[..., int]]] = {
    "run": ("open the demo shop", lambda *a: guitai("run", "--demo", *a)),
    "test": ("check and test [--all] [--windows] [--usb] [pytest arguments]", test),
    "setup": ("make ready what the other commands need", lambda *_: 0),
    "check": ("ruff, mypy and import-linter [--fix]", check),
    "shots": (
        "picture every screen into build/shots; --manual: those of the manual",
        lambda *a: guitai("shots", "--out", "build/shots", *a),
    ),
    "bench": ("measure the speeds that are promised", lambda *a: guitai("bench", *a)),
    "package": ("freeze into build/dist/guitai and try it", package),
    "messages": ("compile the translations", lambda *_: compile_messages(anyway=True)),
    "lock": ("renew requirements/*.txt [--upgrade]", lock),
    "exec": ("run a command inside .venv: exec -- COMMAND", execute),
}


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name; return its exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        print("python3 dev.py COMMAND\n")
        for name, (what, _) in COMMANDS.items():
            print(f"  {name:9} {what}")
        return 0 if arguments[:1] in ([], ["--help"], ["-h"], ["help"]) else 2
    try:
        prepare()
        return COMMANDS[arguments[0]][1](*arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
