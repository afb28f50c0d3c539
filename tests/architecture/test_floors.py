"""import-linter draws the floors (`dev.py check`); here is what it cannot see."""

import tomllib
from pathlib import Path

# What the house is made of; a new name at the top is a decision, not an accident.
TOP_LEVEL = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "LICENSE",
    "README.md",
    "build_installer.spec",
    "dev.py",
    "hardware",
    "pos_app",
    "pyproject.toml",
    "requirements",
    "resources",
    "sync",
    "tests",
    "ui",
}
# The rooms and modules of pos_app that ARCHITECTURE.md names.
POS_APP = {
    "__init__",
    "__main__",
    "bootstrap",
    "cli",
    "config",
    "documents",
    "domain",
    "einvoice",
    "errors",
    "i18n",
    "logs",
    "persistence",
    "ports",
    "resources",
    "services",
    "values",
}


def tracked_top_level(repository: Path) -> set[str]:
    """Return the names at the top that git would keep."""
    ignored = {
        line.strip("/")
        for line in (repository / ".gitignore").read_text("utf-8").splitlines()
    }
    names = {entry.name for entry in repository.iterdir()} - {".git"}
    files = {name for name in names if not name.endswith(".log")}
    return files - ignored


def test_the_top_level_is_as_designed(repository: Path) -> None:
    assert tracked_top_level(repository) - TOP_LEVEL == set()


def test_pos_app_holds_only_the_rooms_of_the_plan(repository: Path) -> None:
    rooms = {
        entry.stem
        for entry in (repository / "pos_app").iterdir()
        if entry.suffix == ".py" or (entry / "__init__.py").exists()
    }
    assert rooms - POS_APP == set()


def test_every_folder_of_code_is_a_package(repository: Path) -> None:
    """A folder without __init__.py would escape import-linter and mypy."""
    found = sorted(
        file.parent.relative_to(repository).as_posix()
        for room in ("pos_app", "ui", "hardware", "sync")
        for file in (repository / room).rglob("*.py")
        if not (file.parent / "__init__.py").exists()
        and "migrations" not in file.parts  # alembic loads its steps by path
    )
    assert found == []


def test_the_floors_are_one_contract(repository: Path) -> None:
    text = (repository / "pyproject.toml").read_text("utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    assert [c["id"] for c in contracts if c["type"] == "layers"] == ["floors"]


def test_no_qt_outside_ui(sources) -> None:
    found = [
        f"{source.path}:{line} {name}"
        for source in sources
        if not source.path.startswith("ui/")
        for line, name in source.imports()
        if name.startswith(("PySide6", "shiboken6"))
    ]
    assert found == []


def test_presenters_speak_qtcore_only(sources) -> None:
    found = [
        f"{source.path}:{line} {name}"
        for source in sources
        if source.path.startswith("ui/presenters/")
        for line, name in source.imports()
        if name.startswith("PySide6.") and not name.startswith("PySide6.QtCore")
    ]
    assert found == []


def test_pythons_own_sqlite_is_never_used(sources) -> None:
    """Before 3.51.3 two connections can corrupt a WAL file."""
    found = [
        f"{source.path}:{line}"
        for source in sources
        for line, name in source.imports()
        if name == "sqlite3" or name.startswith("sqlite3.")
    ]
    assert found == []
