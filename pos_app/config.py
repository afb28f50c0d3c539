"""Where the till keeps its shop, and how it was started."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

PRODUCT = "guitai"
#: Names the shop folder where the command line does not.
FOLDER_VARIABLE = "GUITAI_HOME"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of this installation.

    Attributes:
        shop: the shop of this till.
        demo: the sample shop; thrown away and made anew when it is damaged.
    """

    shop: Path
    demo: Path


def default_places() -> Places:
    """Return the folders for this user, or below GUITAI_HOME."""
    home = os.environ.get(FOLDER_VARIABLE)
    base = Path(home) if home else user_data_path(PRODUCT, appauthor=False)
    return Places(shop=base / "shop", demo=base / "demo")
