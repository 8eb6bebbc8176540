"""Pure: which procedures answer which situation."""

from collections.abc import Iterable
from dataclasses import dataclass

from esimguide.models import Procedure, Situation, State


@dataclass(frozen=True)
class Answers:
    """What can be done in one situation: procedures, the confirmed ones first."""

    situation: Situation
    procedures: list[Procedure]

    @property
    def is_confirmed(self) -> bool:
        """Whether any of them rests on evidence."""
        return any(p.state != State.UNKNOWN for p in self.procedures)


def by_situation(situations: Iterable[Situation], procedures: Iterable[Procedure]) -> list[Answers]:
    """Return one ``Answers`` a situation; the procedures must have theirs fetched."""
    listed = sorted(procedures, key=lambda p: p.state == State.UNKNOWN)
    return [
        Answers(situation, [p for p in listed if situation in p.situations.all()])
        for situation in situations
    ]
