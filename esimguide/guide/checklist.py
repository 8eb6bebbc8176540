"""Pure: a procedure's steps, papers, facts and sources, the way a person goes through them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db import models

from esimguide.i18n import in_both
from esimguide.models import (
    Channel,
    Fact,
    Procedure,
    Question,
    Requirement,
    Source,
    Step,
    Term,
    Topic,
)
from esimguide.models.checked import SAYS


@dataclass(frozen=True)
class NumberedStep:
    """A step under the number readers see, with the steps that can be done instead of it."""

    number: int
    step: Step
    alternatives: list[Step] = field(default_factory=list)
    confirmations: int = 0  # only from confirmed()

    @property
    def statement(self) -> str:
        """What a reader confirms or contradicts, in the active language."""
        return f"{self.step.procedure.title}{SAYS}{self.number}. {self.step.title}"

    @property
    def statements(self) -> set[str]:
        return set(in_both(lambda: self.statement))


def numbered(steps: Iterable[Step]) -> list[NumberedStep]:
    """Return the steps in order, each "or" gathered under the step it can replace.

    Alternatives take no number of their own, so numbers run 1, 2, 3 without gaps.
    """
    result: list[NumberedStep] = []
    for step in steps:
        if step.is_alternative and result:
            result[-1].alternatives.append(step)
        else:
            result.append(NumberedStep(len(result) + 1, step))
    return result


def confirmed(steps: Iterable[NumberedStep], counts: Mapping[str, int]) -> list[NumberedStep]:
    """Return the steps, each with how many readers confirmed its statement in either language."""
    return [
        replace(s, confirmations=sum(counts.get(said, 0) for said in s.statements)) for s in steps
    ]


def to_bring(requirements: Iterable[Requirement]) -> dict[str, list[Requirement]]:
    """Return the requirements by how surely they are asked for: required, one_of, maybe."""
    listed = list(requirements)
    return {
        necessity.name.lower(): [r for r in listed if r.necessity == necessity]
        for necessity in Requirement.Necessity
    }


GLANCE = (Fact.Kind.FEE, Fact.Kind.DURATION)


def at_a_glance(procedure: Procedure) -> list[Fact]:
    """Return the procedure's own facts, then what its steps say of cost and time; each once."""
    of_steps = [f for step in procedure.steps.all() for f in step.facts.all() if f.kind in GLANCE]
    return list(dict.fromkeys([*procedure.facts.all(), *of_steps]))


def cited(procedure: Procedure, channels: Iterable[Channel]) -> list[Source]:
    """Return every source behind a sheet, each once, in the order in which it is met."""
    facts = [*procedure.facts.all(), *(f for s in procedure.steps.all() for f in s.facts.all())]
    stated = [procedure, *channels, *facts]
    sources = [s.source for s in stated] + [fact.other_source for fact in facts]
    return list(dict.fromkeys(source for source in sources if source))


def by_theme[R: Fact | Question, T: models.TextChoices](
    records: Iterable[R], themes: type[T]
) -> list[tuple[T, list[R]]]:
    """Return the records under the themes that have any, in the order of ``themes``."""
    listed = list(records)
    groups = ((theme, [r for r in listed if r.theme == theme]) for theme in themes)
    return [(theme, found) for theme, found in groups if found]


@dataclass(frozen=True)
class GlossaryEntry:
    """A glossary entry, with the topics in which a misleading word is used."""

    term: Term
    used_in: list[Topic]


def glossary_entries(terms: Iterable[Term], topics: Iterable[Topic]) -> list[GlossaryEntry]:
    """Return the terms in order, the misleading ones with the topics whose text uses them."""
    listed = list(topics)
    return [
        GlossaryEntry(term, [t for t in listed if term.misleads and term.word in t.body])
        for term in terms
    ]
