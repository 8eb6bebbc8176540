"""Tally: how often something was done within one stretch of time, counted for the limits."""

import datetime as dt

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone


class TallyQuerySet(models.QuerySet["Tally"]):
    """Counting, safe between threads, processes and machines."""

    def add_one(self, key: str, *, seconds: int) -> int:
        """Count once more under ``key`` and return the count; a new one lives for ``seconds``."""
        mine = self.filter(key=key)
        if not mine.update(count=F("count") + 1):
            self.filter(ends_at__lt=timezone.now()).delete()
            try:
                with transaction.atomic():
                    self.create(key=key, ends_at=timezone.now() + dt.timedelta(seconds=seconds))
            except IntegrityError:  # another process began it in this moment
                mine.update(count=F("count") + 1)
        return mine.values_list("count", flat=True).first() or 1


class Tally(models.Model):
    """One count. The key names no person: an address stands in it as a keyed hash of the day."""

    key = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)

    is_content = False
    objects = TallyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
