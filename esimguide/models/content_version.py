"""ContentVersion: one number that every committed edit of the content moves."""

import datetime as dt

from django.db import models
from django.utils import timezone


class ContentVersion(models.Model):
    """The one row that the database's own triggers count up (see ``triggers.py``).

    A page made from the content is kept with the number it was made under, and dropped when the
    number has changed. Nothing else writes here.
    """

    is_content = False  # the count is no content itself

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="contentversion_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def stamp(cls) -> tuple[int, dt.date]:
        """Return what finished pages depend on: the number, and the day, since checks become
        overdue and confirmations old (one query).
        """
        number = cls.objects.values_list("number", flat=True).first() or 0
        return number, timezone.localdate()
