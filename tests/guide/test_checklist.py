"""checklist.py: steps and requirements in a person's order."""

import pytest

from esimguide.guide.checklist import numbered, to_bring
from esimguide.models import Requirement, Step


def step(position: int, *, is_alternative: bool = False) -> Step:
    return Step(position=position, is_alternative=is_alternative)


@pytest.mark.parametrize(
    ("alternatives", "shape"),
    [
        ([], []),
        ([False], [(1, 0)]),
        ([False, False], [(1, 0), (2, 0)]),
        ([False, True, True, False], [(1, 2), (2, 0)]),
        ([True, False], [(1, 0), (2, 0)]),
    ],
)
def test_numbered_gathers_alternatives_without_gaps(
    alternatives: list[bool], shape: list[tuple[int, int]]
) -> None:
    steps = [step(i, is_alternative=a) for i, a in enumerate(alternatives, 1)]
    assert [(n.number, len(n.alternatives)) for n in numbered(steps)] == shape


def test_to_bring_groups_by_necessity() -> None:
    kinds = Requirement.Necessity
    requirements = [Requirement(necessity=k) for k in (kinds.MAYBE, kinds.REQUIRED, kinds.MAYBE)]
    bring = to_bring(requirements)
    assert bring == {
        "required": [requirements[1]],
        "one_of": [],
        "maybe": [requirements[0], requirements[2]],
    }
