"""Pages of quick keys while they are arranged: drafts, and what takes them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos_app.domain.item import QuickKey
from pos_app.ports.catalog_editing import QuickKeyDraft
from pos_app.services.shelves import PageChange, numbered

Keys = tuple[QuickKeyDraft, ...]


class KeyBoard:
    """Holds what was changed and is not saved; each step can be undone.

    Args:
        read: returns the stored tiles of a page.
    """

    def __init__(self, read: Callable[[str], tuple[QuickKey, ...]]) -> None:
        self._read = read
        self._before: dict[str, Keys] = {}
        self._after: dict[str, Keys] = {}
        self._steps: list[tuple[str, Keys]] = []
        self._saved: tuple[PageChange, ...] = ()

    def keys(self, page: str) -> Keys:
        """Return the tiles of a page as they are arranged now."""
        return self._after[page] if page in self._after else self._stored(page)

    def change(self, page: str, keys: Keys) -> None:
        """Arrange a page anew."""
        before = self.keys(page)
        keys = numbered(keys)
        if keys == before:
            return
        self._before.setdefault(page, self._stored(page))
        self._steps.append((page, before))
        self._after[page] = keys

    @property
    def changes(self) -> tuple[PageChange, ...]:
        """What is not saved."""
        return tuple(
            PageChange(page, self._before[page], after)
            for page, after in self._after.items()
            if after != self._before[page]
        )

    @property
    def saved(self) -> tuple[PageChange, ...]:
        """What was saved last and can be taken back, while nothing else is changed."""
        return () if self.changes else self._saved

    def step_back(self) -> str | None:
        """Take the last step back; return its page, None where there is none."""
        if not self._steps:
            return None
        page, keys = self._steps.pop()
        self._after[page] = keys
        return page

    @property
    def has_steps(self) -> bool:
        """Tell whether a step can be taken back."""
        return bool(self._steps)

    def settle(self, saved: tuple[PageChange, ...]) -> None:
        """Forget the drafts: they are stored, or thrown away (nothing saved)."""
        self._before, self._after, self._steps = {}, {}, []
        self._saved = saved

    def _stored(self, page: str) -> Keys:
        return numbered(
            [
                QuickKeyDraft(at, key.unit.unit_id, key.label, key.labels)
                for at, key in enumerate(self._read(page))
            ]
        )


def moved(keys: Keys, unit_id: str, place: int) -> Keys:
    """Return the tiles with one at another place."""
    (one,) = [key for key in keys if key.unit_id == unit_id]
    others = [key for key in keys if key.unit_id != unit_id]
    return numbered([*others[:place], one, *others[place:]])


def labelled(keys: Keys, unit_id: str, labels: dict[str, str], own: str) -> Keys:
    """Return the tiles with other words on one.

    Args:
        keys: the tiles.
        unit_id: of the one.
        labels: language tag -> short name; "" for none.
        own: the shop's language, whose words stand without a tag.
    """
    others = tuple((tag, text) for tag, text in labels.items() if text and tag != own)
    return tuple(
        replace(key, label=labels.get(own, ""), labels=others)
        if key.unit_id == unit_id
        else key
        for key in keys
    )
