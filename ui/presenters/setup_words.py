"""The wizard's titles: what each step is called, and what it asks for."""

from __future__ import annotations

from pos_app.i18n import N_, _
from pos_app.services.setup_draft import SetupDraft, SetupStep
from ui.presenters.setup_state import StepView, WizardPage

STEPS = tuple(SetupStep)
_NAMES = {
    SetupStep.LANGUAGE: N_("Language and country"),
    SetupStep.SHOP: N_("Shop and tax"),
    SetupStep.SCREEN: N_("Screen and text size"),
    SetupStep.DEVICES: N_("Device check"),
    SetupStep.GOODS: N_("Goods and prices"),
    SetupStep.PEOPLE: N_("Staff and rights"),
    SetupStep.CODE: N_("Recovery code"),
    SetupStep.SALE: N_("Try a sale"),
}
_HEADS = {
    SetupStep.LANGUAGE: (
        N_("Where is your shop?"),
        N_(
            "The country sets money, taxes, notes and coins; the currency stays for good."
        ),
    ),
    SetupStep.SHOP: (
        N_("What stands on every receipt"),
        N_("Only the name is needed now. Till number and taxes stay as they are."),
    ),
    SetupStep.SCREEN: (
        N_("Hold a bank card against the screen"),
        N_(
            "Drag the corner until the frame is as large as the card: keys and words"
            " are then measured in real millimetres."
        ),
    ),
    SetupStep.DEVICES: (
        N_("Try one after the other"),
        N_("Skip what you do not have yet; it is added in the settings later."),
    ),
    SetupStep.GOODS: (
        N_("What do you sell?"),
        N_("Goods can be added and changed at any time in the back office."),
    ),
    SetupStep.PEOPLE: (
        N_("Who works here?"),
        N_("Everybody signs on with a number and a PIN that nobody else knows."),
    ),
    SetupStep.CODE: (
        N_("Keep this code where you keep your contracts"),
        N_("When the till breaks or is stolen, only this code opens its backups."),
    ),
    SetupStep.SALE: (
        N_("Your shop is ready"),
        N_("Sell something now: it takes three taps."),
    ),
}
_PAGES = {
    WizardPage.WELCOME: (
        N_("Welcome"),
        N_("What would you like to do on this till?"),
    ),
    WizardPage.DEMO: (
        N_("Look around in the sample shop"),
        N_("298 items, five people, nothing is real. Your own shop can wait."),
    ),
    WizardPage.RESTORE: (
        N_("Bring a shop back"),
        N_(
            "With a backup and the recovery code this till goes on where the old one stopped."
        ),
    ),
}


def step_name(step: SetupStep) -> str:
    """Return what a step is called."""
    return _(_NAMES[step])


def heading(page: WizardPage, step: SetupStep) -> tuple[str, str]:
    """Return title and subtitle of what is shown."""
    title, subtitle = _HEADS[step] if page is WizardPage.STEPS else _PAGES[page]
    return _(title), _(subtitle)


def rail(draft: SetupDraft, page: WizardPage) -> tuple[StepView, ...]:
    """Return the lines of the rail."""
    is_under_way = page is WizardPage.STEPS
    return tuple(
        StepView(
            key=step,
            title=step_name(step),
            is_current=is_under_way and step is draft.step,
            is_passed=step in draft.passed,
        )
        for step in STEPS
    )


def next_step(step: SetupStep) -> SetupStep | None:
    """Return the step behind one; None behind the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def step_before(step: SetupStep) -> SetupStep | None:
    """Return the step before one; None before the first."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None


def next_words(page: WizardPage, step: SetupStep) -> str:
    """Return what the green key says."""
    if page is WizardPage.DEMO:
        return _("Open the sample shop")
    if page is WizardPage.RESTORE:
        return _("Restore this till")
    if step is SetupStep.PEOPLE:
        return _("Make the shop")
    behind = next_step(step)
    if behind is None:
        return _("Open the till")
    return _("Next: {step}", step=step_name(behind))


def later_words(page: WizardPage, step: SetupStep) -> str:
    """Return what the link beside the green key says; "" for no link."""
    if page is not WizardPage.STEPS:
        return ""
    if step in {SetupStep.SCREEN, SetupStep.DEVICES}:
        return _("Do it later")
    return _("Later; the till keeps warning") if step is SetupStep.CODE else ""
