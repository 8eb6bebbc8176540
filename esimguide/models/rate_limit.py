"""RateLimitCounter: how often something was done within one stretch of time."""

import datetime as dt

from django.db import connections, models
from django.utils import timezone

# One statement, so that two processes cannot come between its reading and its writing.
_COUNT = """
INSERT INTO esimguide_tally (key, count, ends_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET count = esimguide_tally.count + 1 RETURNING count
"""


class RateLimitCounterQuerySet(models.QuerySet["RateLimitCounter"]):
    """Counting, safe between threads, processes and machines."""

    def add_one(self, key: str, *, seconds: int) -> int:
        """Count once more under ``key`` and return the count; a new one lives for ``seconds``."""
        now, connection = timezone.now(), connections[self.db]
        ends_at = connection.ops.adapt_datetimefield_value(now + dt.timedelta(seconds=seconds))
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [key, ends_at])
            count = int(cursor.fetchone()[0])
            if count == 1:
                self.filter(ends_at__lt=now).delete()
        return count


class RateLimitCounter(models.Model):
    """One count. The key names no person: an address stands in it as a keyed hash of the day."""

    key = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)

    is_content = False
    objects = RateLimitCounterQuerySet.as_manager()

    class Meta:
        db_table = "esimguide_tally"

    def __str__(self) -> str:
        return self.key
