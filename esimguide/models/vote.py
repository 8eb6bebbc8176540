"""Vote: how many readers a procedure helped on a day, and at which step others got stuck."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import LANGUAGES
from esimguide.models.procedure import Procedure

KEEP_VOTES = dt.timedelta(days=730)


@dataclass
class Total:
    """What readers said of one procedure, in all."""

    procedure: Procedure
    answers: Counter[str] = field(default_factory=Counter)  # by ``Vote.Answer``
    steps: Counter[int] = field(default_factory=Counter)  # where they got stuck, by number

    @property
    def stuck_at(self) -> list[tuple[int, int]]:
        return self.steps.most_common()

    @property
    def helped(self) -> int:
        """The share whom it helped, in percent."""
        return round(100 * self.answers["yes"] / (self.answers.total() or 1))


class VoteQuerySet(models.QuerySet["Vote"]):
    def add(self, procedure: Procedure, answer: str, step_number: int, language: str) -> None:
        """Count one answer; ``step_number`` is 0 unless the reader got stuck at a step."""
        counter, _created = self.get_or_create(
            procedure=procedure,
            answer=answer,
            step_number=step_number,
            language=language,
            day=timezone.localdate(),
        )
        self.filter(pk=counter.pk).update(count=F("count") + 1)

    def totals(self) -> list[Total]:
        """Return the sums by procedure, those that helped the fewest first."""
        sums = self.order_by().values("procedure", "answer", "step_number")
        rows = sums.annotate(total=Sum("count"))
        procedures = Procedure.objects.select_related("carrier").in_bulk(
            {row["procedure"] for row in rows}
        )
        found = {key: Total(procedure) for key, procedure in procedures.items()}
        for row in rows:
            found[row["procedure"]].answers[row["answer"]] += row["total"]
            if row["answer"] == Vote.Answer.STUCK:
                found[row["procedure"]].steps[row["step_number"]] += row["total"]
        return sorted(found.values(), key=lambda total: (total.helped, -total.answers.total()))

    def forget(self) -> int:
        return self.filter(day__lt=timezone.localdate() - KEEP_VOTES).delete()[0]


class Vote(models.Model):
    """A day's count of one answer; nothing about who gave it."""

    is_content = False

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        STUCK = "stuck", _("got stuck at a step")

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="votes", verbose_name=_("procedure")
    )
    answer = models.CharField(_("answer"), max_length=5, choices=Answer)
    step_number = models.PositiveSmallIntegerField(_("step"), default=0)
    language = models.CharField(_("language"), max_length=7, choices=LANGUAGES)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("count"), default=0)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("did this help")
        verbose_name_plural = _("did this help")
        ordering = ("-day", "procedure", "answer", "step_number")
        constraints = [
            models.UniqueConstraint(
                fields=("procedure", "answer", "step_number", "language", "day"),
                name="vote_counted_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure}：{self.get_answer_display()} × {self.count}"
