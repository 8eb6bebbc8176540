"""Message: what every message from a reader carries, and for how long each part of it is kept."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import LANGUAGES

# The privacy page shows these numbers and ``manage.py forget`` obeys them.
KEEP_SPAM = dt.timedelta(days=30)
KEEP_ADDRESS = dt.timedelta(days=90)  # of a question nobody has answered
KEEP_MESSAGE = dt.timedelta(days=365)
REPEATS = dt.timedelta(days=1)  # in which the same text is not taken twice
RECENT = dt.timedelta(days=30)  # what "lately" means beside a fact


class Folder(models.TextChoices):
    """Where a message lies."""

    INBOX = "inbox", _("to be read")
    DONE = "done", _("done")
    SPAM = "spam", _("spam")


def confirmed_lately(prefix: str = "") -> Q:
    """Return the condition that a report is a recent confirmation; ``prefix`` is a lookup path."""
    counts = {"kind": "confirms", "same_as": None, "received_at__gte": timezone.now() - RECENT}
    is_spam = Q(**{f"{prefix}folder": Folder.SPAM})
    return Q(**{prefix + name: value for name, value in counts.items()}) & ~is_spam


class MessageQuerySet[M: models.Model](models.QuerySet[M]):
    def waiting(self) -> Self:
        """Return the unread messages; a duplicate is listed under the first one."""
        return self.filter(folder=Folder.INBOX, same_as=None)

    def recent_copies(self, digest: str) -> Self:
        """Return the messages of the last day with this hash of their text; none for ""."""
        since = timezone.now() - REPEATS
        return self.filter(digest=digest, received_at__gte=since).exclude(digest="")

    def before(self, age: dt.timedelta) -> Self:
        return self.filter(received_at__lt=timezone.now() - age)

    def forget(self) -> int:
        spam = self.before(KEEP_SPAM).filter(folder=Folder.SPAM).delete()[0]
        return spam + self.before(KEEP_MESSAGE).delete()[0]


class Message(models.Model):
    """A message: when and in which language it came, and what guards against copies of it.

    ``nonce`` is the random part of the form it came from, so that sending twice makes one record.
    ``digest`` is a hash of the text. Nothing of the sender is kept.
    """

    is_content = False  # readers see counts of these at the most, and those may lag

    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    language = models.CharField(_("language"), max_length=7, choices=LANGUAGES, editable=False)
    folder = models.CharField(
        _("folder"), max_length=5, choices=Folder, default=Folder.INBOX, db_index=True
    )
    nonce = models.CharField(max_length=40, unique=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    is_announced = models.BooleanField(default=False, editable=False)
    internal_note = models.TextField(_("internal note"), max_length=2000, blank=True)
    same_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("same as"),
    )

    class Meta:
        abstract = True
        ordering = ("-received_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(same_as=None) | ~Q(same_as=F("pk")),
                name="%(class)s_is_no_copy_of_itself",
            )
        ]

    def clean(self) -> None:
        """Refuse a copy of itself or of another copy: no list would show it."""
        super().clean()
        first = self.same_as
        if first and (first == self or first.same_as):
            text = _("Choose another message, one that is not itself the same as another.")
            raise ValidationError({"same_as": text})
