"""Starts the program: parse the command line, run it, give the exit code."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command of the command line and return its exit code."""
    from pos_app.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A packaged program is started again for each worker process of its own.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
