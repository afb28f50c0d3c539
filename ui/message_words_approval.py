"""What is said when somebody cannot approve, or nobody can."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
APPROVAL_WORDS: dict[str, tuple[str, str]] = {
    "approval_same_person": (
        N_("Nobody approves their own request."),
        N_("Ask somebody else."),
    ),
    "approval_not_enough": (
        N_("{name} may not approve this."),
        N_("Ask somebody with more rights."),
    ),
    "approval_nobody": (
        N_("Your role may not do this, and nobody here could approve it."),
        N_("The manager can change the roles of the shop."),
    ),
}
