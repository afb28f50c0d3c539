"""Sell once under Windows Python: `python3 dev.py test --windows`.

On Windows that is this Python's own `.venv`. Elsewhere it is the lab in the shared
folder beside the checkout (Wine and a Windows CPython), where the locked runtime
requirements are installed first. Needs the standard library only.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAB = ROOT.parent / "shared" / "winlab" / "winlab"

# Wine 8 lacks bcryptprimitives.dll (Windows 10 has it). Wheels made with Rust, such
# as pydantic-core and rpds-py, import its one function and do not load without it.
RANDOM_SOURCE = """\
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{ return SystemFunction036(data, (ULONG)size); }
"""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(f"windows: {text}", flush=True)


def run(*command: str | Path, **environment: str) -> int:
    """Run `command` in the project's folder; return its exit code."""
    words = [str(word) for word in command]
    together = {**os.environ, **environment}
    return subprocess.run(words, cwd=ROOT, env=together, check=False).returncode


def complete_lab() -> bool:
    """Build the library that Wine lacks; tell whether it is there."""
    home = Path(os.environ.get("WINLAB", "~/.cache/winlab")).expanduser()
    library = home / "python" / "bcryptprimitives.dll"
    if library.exists():
        return True
    source = home / "bcryptprimitives.c"
    source.write_text(RANDOM_SOURCE, "utf-8")
    compiler = "x86_64-w64-mingw32-gcc"
    return not run(compiler, "-shared", "-O2", source, "-o", library, "-ladvapi32")


def install(lock: Path) -> bool:
    """Install the locked requirements in the lab; tell whether that worked."""
    pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check"]
    pip += ["--no-warn-script-location", "--require-hashes", "-r"]
    return not run(LAB, "python", *pip, lock.relative_to(ROOT))


def selftest() -> int:
    """Return the exit code of the till's selftest under Windows Python."""
    if os.name == "nt":
        python = ROOT / ".venv" / "Scripts" / "python.exe"
        return run(python, "-m", "pos_app", "selftest")
    # Wine keeps QT_ variables of Linux from Windows programs unless WINE precedes them.
    screen = {"WINEQT_QPA_PLATFORM": "offscreen"}
    return run(LAB, "python", "-m", "pos_app", "selftest", **screen)


def main(lock: Path) -> int:
    """Prepare the lab and run the selftest; return its exit code."""
    if os.name != "nt":
        if not LAB.exists():
            say(f"there is no {LAB}; on Windows itself run: python dev.py test")
            return 2
        say("preparing the lab (some minutes the first time)")
        if run(LAB, "setup") or not complete_lab():
            say("the lab could not be set up; its own words are above")
            return 1
        say("installing the locked requirements")
        if not install(lock):
            return 1
    say("guitai selftest")
    code = selftest()
    print(f"{int(not code)} passed, {int(bool(code))} failed", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
