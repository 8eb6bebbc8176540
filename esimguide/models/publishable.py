"""Publishable: a text with a status, which says who may see it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import COLUMNS, active_language, other_language
from esimguide.models.bilingual import Bilingual, complete
from esimguide.models.slugged import SluggedQuerySet


class Status(models.TextChoices):
    """Where a text stands between its writer and its readers."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


# What a text may become next. Readers keep an address: what was published is withdrawn, not undone.
MOVES = {
    Status.DRAFT: (Status.REVIEW, Status.PUBLISHED),
    Status.REVIEW: (Status.DRAFT, Status.PUBLISHED),
    Status.PUBLISHED: (Status.WITHDRAWN,),
    Status.WITHDRAWN: (Status.DRAFT, Status.PUBLISHED),
}
READABLE = (Status.PUBLISHED, Status.WITHDRAWN)


class PublishableQuerySet[M: models.Model](SluggedQuerySet[M]):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def readable(self) -> Self:
        """Return what has a page: what is published, and what was and carries a notice now."""
        return self.filter(status__in=READABLE)


class Publishable(Bilingual):
    """A bilingual record with a status: one language is enough for a draft, never for readers."""

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )

    class Meta:
        abstract = True

    def needs_both_languages(self) -> bool:
        return self.status == Status.PUBLISHED

    def called(self, name: str) -> str:
        """Return the text ``name`` for editors: a draft that lacks it is called as in the other
        language, so that no link to it is empty.
        """
        other = COLUMNS[other_language(active_language())]
        return str(getattr(self, name) or getattr(self, f"{name}_{other}"))

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED


def published_complete(*required: str, optional: tuple[str, ...] = ()) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(status=Status.PUBLISHED) | complete(*required, optional=optional),
        name="%(class)s_published_in_both_languages",
        violation_error_message=_("A published text needs both languages."),
    )
