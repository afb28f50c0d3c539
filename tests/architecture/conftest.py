"""The product's source files, read once, for the tests of its shape."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pos_app", "ui", "hardware", "sync")
PURE_ROOMS = ("pos_app/values", "pos_app/domain", "pos_app/documents")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the product: where it is, what it says, what it means."""

    path: str
    text: str
    tree: ast.Module

    @property
    def is_pure(self) -> bool:
        """Tell whether the file lies in a room without I/O, clock or float."""
        return self.path.startswith(tuple(f"{room}/" for room in PURE_ROOMS))

    @property
    def is_migration(self) -> bool:
        """Tell whether the file is one step of the database's history."""
        return "/migrations/" in self.path and "/versions/" in self.path

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield the line and the full name of everything that is imported."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ""
                yield node.lineno, module
                names = (alias.name for alias in node.names)
                yield from ((node.lineno, f"{module}.{name}") for name in names)


def read(path: Path) -> Source:
    text = path.read_text("utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


@pytest.fixture(scope="session")
def sources() -> list[Source]:
    """Return every Python file of the product, and dev.py."""
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    return [read(file) for file in [*files, ROOT / "dev.py"]]


@pytest.fixture(scope="session")
def pure_sources(sources: list[Source]) -> list[Source]:
    """Return the files of the rooms that only compute."""
    return [source for source in sources if source.is_pure]
