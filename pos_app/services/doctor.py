"""The doctor: asks every check, and says in plain words what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.i18n import Words
from pos_app.ports.health import Action, Finding, HealthCheck, Severity
from pos_app.services.doctor_counted_words import COUNTED_WORDS, NUMBERS
from pos_app.services.doctor_words import ACTION_WORDS, FINDING_WORDS


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor found.

    Attributes:
        findings: in the order of the checks.
    """

    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Severity:
        """The worst severity found; FINE when nothing was looked at."""
        ranks = [finding.severity for finding in self.findings]
        return max(ranks, key=lambda severity: severity.rank, default=Severity.FINE)

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing asks for an action: exit code 0."""
        return self.worst in {Severity.FINE, Severity.NOTICE}


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding in a person's language.

    Attributes:
        severity: how bad. what: what was found. action: what to do, or "".
    """

    severity: Severity
    what: str
    action: str


def run_checks(checks: Iterable[HealthCheck]) -> tuple[Finding, ...]:
    """Ask every check in order and return what they found."""
    return tuple(finding for check in checks for finding in check.run())


def examine(checks: Sequence[HealthCheck]) -> Report:
    """Ask every check and return the report."""
    return Report(run_checks(checks))


def advise(finding: Finding, words: Words) -> Advice:
    """Say a finding and its action in the language of `words`."""
    action = words(ACTION_WORDS[finding.action])
    return Advice(
        finding.severity,
        found_words(finding, words),
        "" if finding.action is Action.NONE else action,
    )


def found_words(finding: Finding, words: Words) -> str:
    """Say what was found; of one thing otherwise than of several."""
    params = finding.params
    forms = COUNTED_WORDS.get(finding.key)
    if forms is None:
        return words(FINDING_WORDS[finding.key], **params)
    one, many = forms
    number = next(int(params[name]) for name in NUMBERS if name in params)
    others = {name: x for name, x in params.items() if name != "count"}
    return words.plural(one, many, number, **others)


def report_to_plain(report: Report, words: Words) -> dict[str, Any]:
    """Return a report as JSON values: keys for programs, words for people."""
    return {
        "worst": report.worst.value,
        "findings": [_finding_to_plain(each, words) for each in report.findings],
    }


def _finding_to_plain(finding: Finding, words: Words) -> dict[str, Any]:
    advice = advise(finding, words)
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "key": finding.key,
        "params": dict(finding.params),
        "action": finding.action.value,
        "what": advice.what,
        "do": advice.action,
    }
