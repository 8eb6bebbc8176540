"""ZeroResultSearch: a query that found nothing, counted by day, without anything personal in it."""

import datetime as dt
import re

from django.db import DatabaseError, connections, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Five digits or more, spaced or not, with what is glued to them: numbers of people and cards.
_NUMBER = re.compile(r"\w*\d(?:[\s().-]*\d){4,}\w*")
_ADDRESS = re.compile(r"\S+@\S+")
MOST_A_DAY = 200  # different queries; what comes after is not counted
MOST_LETTERS = 100
KEEP_ZERO_RESULT_SEARCHES = dt.timedelta(days=365)

# One statement, so that nothing but itself waits for the write lock.
_COUNT = """
INSERT INTO esimguide_miss (day, query, total)
SELECT %s, %s, 1 WHERE (SELECT count(*) FROM esimguide_miss WHERE day = %s) < %s
ON CONFLICT (day, query) DO UPDATE SET total = esimguide_miss.total + 1
"""


def masked(query: str) -> str:
    """Return ``query`` without e-mail addresses and long numbers."""
    return _NUMBER.sub("#", _ADDRESS.sub("@", query)).strip()[:MOST_LETTERS]


class ZeroResultSearchQuerySet(models.QuerySet["ZeroResultSearch"]):
    def count_one(self, query: str) -> None:
        """Add one to today's total of a folded query; do nothing if the database is read-only."""
        today = timezone.localdate()
        try:
            with connections[self.db].cursor() as cursor:
                cursor.execute(_COUNT, [today, masked(query), today, MOST_A_DAY])
        except DatabaseError:
            return

    def forget(self) -> int:
        return self.filter(day__lt=timezone.localdate() - KEEP_ZERO_RESULT_SEARCHES).delete()[0]


class ZeroResultSearch(models.Model):
    """How often one folded query found nothing on one day."""

    is_content = False  # readers never see it

    day = models.DateField(_("day"))
    query = models.CharField(_("what was sought"), max_length=MOST_LETTERS)
    total = models.PositiveIntegerField(_("how often"), default=1)

    objects = ZeroResultSearchQuerySet.as_manager()

    class Meta:
        db_table = "esimguide_miss"
        verbose_name = _("search without a hit")
        verbose_name_plural = _("searches without a hit")
        ordering = ("-day", "-total", "query")
        constraints = [
            models.UniqueConstraint(fields=("day", "query"), name="miss_query_once_a_day")
        ]

    def __str__(self) -> str:
        return self.query
