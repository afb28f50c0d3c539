"""What is said of categories and quick keys: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
SHELF_WORDS: dict[str, tuple[str, str]] = {
    "quick_key_twice": (
        N_("These goods have a key on this page already."),
        N_("Move that key instead."),
    ),
    "quick_keys_full": (
        N_("A page holds {limit} keys. Nothing was changed."),
        N_("Take a key off first."),
    ),
    "quick_key_label": (
        N_("A key's name has at most {limit} characters."),
        N_("Choose a shorter name."),
    ),
    "quick_keys_moved": (
        N_("Somebody else has changed these keys meanwhile. Nothing was stored."),
        N_("Open the page again and arrange it anew."),
    ),
    "category_name": (
        N_("A category needs a name of at most {limit} characters."),
        N_("Type its name."),
    ),
    "category_hue": (
        N_("That is none of the colours. Nothing was changed."),
        N_("Choose one of the colours."),
    ),
    "category_name_taken": (
        N_("There is a category called {name} already."),
        N_("Choose another name."),
    ),
    "category_parent": (
        N_("{name} cannot stand below that category: there is one level of them."),
        N_("Choose another one, or none."),
    ),
    "category_gone": (
        N_("The categories are not as they were shown. Nothing was changed."),
        N_("Look at the list again."),
    ),
    "categories_full": (
        N_("There are {limit} categories already. Nothing was changed."),
        N_("Delete an empty one first."),
    ),
    "category_has_items": (
        N_("{count} items stand in {name}. Nothing was deleted."),
        N_("Choose where they go."),
    ),
    "category_has_children": (
        N_("Other categories stand below {name}. Nothing was deleted."),
        N_("Move or delete those first."),
    ),
}
