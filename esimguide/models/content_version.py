"""ContentVersion: one number that every committed edit of the content moves."""

import datetime as dt

from django.db import models
from django.utils import timezone


class ContentVersion(models.Model):
    """The one row that the database's own triggers count up (see ``triggers.py``).

    Whoever finished something from the content (a page, a snapshot) remembers the number it was
    finished under, and drops it when the number is another. Nothing else writes here.
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
    def current(cls) -> int:
        """Return the number now (one query); 0 before the first edit."""
        return cls.objects.values_list("number", flat=True).first() or 0

    @classmethod
    def stamp(cls) -> tuple[int, dt.date]:
        """Return what all that is finished from the content depends on: the number, and the day,
        for checks fall overdue and what readers confirmed grows old (one query).
        """
        return cls.current(), timezone.localdate()
