"""One shop is made for all journeys; each test sells in a copy of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos_app.domain.permission import Permission
from pos_app.i18n import use_language
from pos_app.persistence.shop_folder import ShopFolder
from tests.journeys.screen_till import (
    ScreenTill,
    copy_shop,
    make_template,
    selling_setup,
)
from ui.theme.host import theme_host
from ui.theme.theme import Theme


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    """Return the sample shop, never opened; its shifts open by themselves."""
    return make_template(tmp_path_factory.mktemp("template") / "demo")


@pytest.fixture(scope="session")
def what_is_loaded(demo_template: ShopFolder) -> Iterator[None]:
    """Leave modules out of the search for garbage: there is one after each test."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def garbage_of_windows(what_is_loaded: None) -> Iterator[None]:
    """Free old windows here and now.

    Python does not look by itself in tests: on whatever thread makes objects, and a
    widget that is freed on the printer's thread takes the whole process with it.
    """
    yield
    gc.collect()


@pytest.fixture
def open_till(
    qtbot, demo_template: ShopFolder, tmp_path: Path, garbage_of_windows: None
) -> Iterator[Callable[..., ScreenTill]]:
    """Return what opens a till in a copy of a shop; all are closed at the end."""
    opened: list[ScreenTill] = []

    def open_one(template: ShopFolder | None = None, **parts: object) -> ScreenTill:
        root = tmp_path / f"shop{len(opened)}"
        folder = copy_shop(template or demo_template, root)
        till = ScreenTill(folder, qtbot, **parts)  # type: ignore[arg-type]
        opened.append(till.start())
        return till

    yield open_one
    for till in opened:
        till.stop()
    opened.clear()
    use_language("en")
    theme_host().use(Theme())


@pytest.fixture
def till(open_till: Callable[..., ScreenTill]) -> ScreenTill:
    """Return a till that shows the sign-on screen."""
    return open_till()


@pytest.fixture
def selling(till: ScreenTill) -> ScreenTill:
    """Return a till at which a cashier sells."""
    return till.sign_on("1001")


@pytest.fixture(scope="session")
def strict_template(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    """Return a shop whose cashiers may sell and nothing else."""
    setup = selling_setup()
    roles = [
        role.model_copy(update={"permissions": (Permission.SELL.value,)})
        if role.key == "cashier"
        else role
        for role in setup.roles
    ]
    setup = setup.model_copy(update={"roles": roles})
    return make_template(tmp_path_factory.mktemp("template") / "strict", setup)


@pytest.fixture(scope="session")
def one_cent_template(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    """Return a shop whose cola costs less than the smallest coin."""
    setup = selling_setup()
    items = [
        item.model_copy(update={"price": "0.06"}) if item.sku == "210012" else item
        for item in setup.items
    ]
    setup = setup.model_copy(update={"items": items})
    return make_template(tmp_path_factory.mktemp("template") / "cent", setup)
