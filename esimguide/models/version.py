"""ContentVersion: one number that every committed edit of the content moves."""

from django.db import models


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
