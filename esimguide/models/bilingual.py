"""Texts in two columns, and the rule that no reader meets one language without the other."""

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import COLUMNS, Translated
from esimguide.models.indexed import Indexed
from esimguide.models.slugged import SluggedQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def phrase(label: "StrOrPromise", *, blank: bool = False) -> "models.CharField[str, str]":
    """Return a column for one line of text (at most 200 characters)."""
    return models.CharField(label, max_length=200, blank=blank)


def prose(label: "StrOrPromise", *, blank: bool = False) -> "models.TextField[str, str]":
    """Return a column for Markdown text (at most 20,000 characters)."""
    return models.TextField(label, max_length=20_000, blank=blank)


def filled(name: str) -> Q:
    """Return the condition that the text ``name`` is there in both languages."""
    return ~Q(**{f"{name}_zh_hant": ""}) & ~Q(**{f"{name}_zh_hans": ""})


def absent(name: str) -> Q:
    """Return the condition that the text ``name`` is there in neither language."""
    return Q(**{f"{name}_zh_hant": "", f"{name}_zh_hans": ""})


def complete(*required: str, optional: tuple[str, ...] = ()) -> Q:
    """Return the condition: ``required`` texts are filled, ``optional`` ones not one-sided."""
    condition = Q()
    for name in required:
        condition &= filled(name)
    for name in optional:
        condition &= filled(name) | absent(name)
    return condition


def translated_names(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of all two-column texts of ``model``, in the order of their declaration."""
    classes = reversed(model.__mro__)
    return tuple(n for c in classes for n, v in vars(c).items() if isinstance(v, Translated))


class Bilingual(Indexed):
    """A record with two-column texts; ``clean`` names the empty column of a one-sided text."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raise ValidationError, by column, when a text lacks one of the two languages."""
        super().clean()
        if self.needs_both_languages():
            errors = {column: _("Fill in both languages.") for column in self.empty_columns()}
            if errors:
                raise ValidationError(errors)

    def needs_both_languages(self) -> bool:
        """Tell whether a one-sided text is an error now; drafts override this."""
        return True

    def empty_columns(self) -> list[str]:
        """Return the empty columns that must be filled, or whose other language has text."""
        return [
            f"{name}_{side}"
            for name in translated_names(type(self))
            for side in COLUMNS.values()
            if not getattr(self, f"{name}_{side}") and self._is_due(name)
        ]

    def _is_due(self, name: str) -> bool:
        is_required = not getattr(self._meta.get_field(f"{name}_zh_hant"), "blank", False)
        return is_required or any(getattr(self, f"{name}_{side}") for side in COLUMNS.values())


class Status(models.TextChoices):
    """Where a text stands between its writer and its readers."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublishableQuerySet[M: models.Model](SluggedQuerySet[M]):
    """Questions about texts with a status."""

    def published(self) -> Self:
        """Return only what readers may see."""
        return self.filter(status=Status.PUBLISHED)


class Publishable(Bilingual):
    """A bilingual record with a status: one language is enough for a draft, never for readers."""

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )

    class Meta:
        abstract = True

    def needs_both_languages(self) -> bool:
        """Tell whether readers see this text."""
        return self.status == Status.PUBLISHED

    @property
    def is_published(self) -> bool:
        """Whether readers see this text."""
        return self.status == Status.PUBLISHED


def published_complete(*required: str, optional: tuple[str, ...] = ()) -> models.CheckConstraint:
    """Return the constraint that a published text has both languages."""
    return models.CheckConstraint(
        condition=~Q(status=Status.PUBLISHED) | complete(*required, optional=optional),
        name="%(class)s_published_in_both_languages",
        violation_error_message=_("A published text needs both languages."),
    )


def always_complete(*required: str, optional: tuple[str, ...] = ()) -> models.CheckConstraint:
    """Return the constraint that a text without a status of its own always has both languages."""
    return models.CheckConstraint(
        condition=complete(*required, optional=optional),
        name="%(class)s_in_both_languages",
        violation_error_message=_("This text needs both languages."),
    )
