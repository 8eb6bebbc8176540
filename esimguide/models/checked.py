"""Checked: what every statement of fact carries, a source, a state and the dates of its checks."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from esimguide.models.source import Source

SAYS = "："  # between what a statement is about and what it says
SOON = dt.timedelta(days=14)  # before a check is due, editors see it coming


class State(models.TextChoices):
    """How far a statement is confirmed."""

    OFFICIAL = "official", _("official")
    REPORTED = "reported", _("reported")
    CONFLICTING = "conflicting", _("conflicting")
    UNKNOWN = "unknown", _("not confirmed")


class Checked(models.Model):
    """A statement with its evidence. "Checked" is not "edited": only an editor who opened the
    source again moves ``checked_on``; saving another field leaves it alone.
    """

    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.UNKNOWN)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
    )
    check_again_on = models.DateField(_("check again on"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.state != State.UNKNOWN and self.source_id is None:
            errors["source"] = _("Only “not confirmed” may stand without a source.")
        if self.state != State.UNKNOWN and self.checked_on is None:
            errors["checked_on"] = _("Say on which day the source was read.")
        if self.checked_on and self.checked_on > timezone.localdate():
            errors["checked_on"] = _("This day is still to come.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_overdue(self) -> bool:
        """Whether the day of the next check has passed (Hong Kong time). What is not confirmed has
        nothing to check: it is looked for again, and never overdue.
        """
        day = self.check_again_on
        return self.is_confirmed and day is not None and day < timezone.localdate()

    @property
    def is_confirmed(self) -> bool:
        return self.state != State.UNKNOWN


def evidence() -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(state=State.UNKNOWN) | Q(source__isnull=False, checked_on__isnull=False),
        name="%(class)s_confirmed_has_source_and_date",
        violation_error_message=_("Only “not confirmed” may stand without a source and a date."),
    )


def is_overdue(today: dt.date) -> Q:
    return Q(check_again_on__lt=today) & ~Q(state=State.UNKNOWN)
