"""Pure: a procedure's steps and requirements, arranged the way a person follows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from esimguide.models import Requirement, Step


@dataclass(frozen=True)
class NumberedStep:
    """A step under the number readers see, with the steps that can be done instead of it."""

    number: int
    step: Step
    alternatives: list[Step] = field(default_factory=list)


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


@dataclass(frozen=True)
class ToBring:
    """What to bring, by how surely it is asked for."""

    required: list[Requirement]
    one_of: list[Requirement]
    maybe: list[Requirement]


def to_bring(requirements: Iterable[Requirement]) -> ToBring:
    """Return the requirements in three groups; a group may be empty."""
    listed = list(requirements)
    groups = (
        [r for r in listed if r.necessity == necessity]
        for necessity in (
            Requirement.Necessity.REQUIRED,
            Requirement.Necessity.ONE_OF,
            Requirement.Necessity.MAYBE,
        )
    )
    return ToBring(*groups)
