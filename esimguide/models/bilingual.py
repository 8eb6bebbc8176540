"""Texts in two columns, and the rule that no reader meets one language without the other."""

import hashlib
from typing import TYPE_CHECKING, Any, Self, override

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import COLUMNS, Translated, active_language, other_language
from esimguide.models.fields import MarkdownField, NormalizedCharField
from esimguide.models.indexed import Indexed
from esimguide.models.slugged import SluggedQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def phrase(label: "StrOrPromise", *, blank: bool = False) -> "models.CharField[str, str]":
    """Return a column for one line of text (at most 200 characters)."""
    return NormalizedCharField(label, max_length=200, blank=blank)


def prose(label: "StrOrPromise", *, blank: bool = False) -> "models.TextField[str, str]":
    """Return a column for Markdown text (at most 20,000 characters)."""
    return MarkdownField(label, max_length=20_000, blank=blank)


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


def text_digest(text: str) -> str:
    """Return what stands for ``text`` where only "is it still the same?" is asked."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Bilingual(Indexed):
    """A record with two-column texts; ``clean`` names the empty column of a one-sided text.

    Traditional is the source. ``synced`` holds, by text, the digests of both columns as they were
    when they last agreed: when the Simplified one was written, or confirmed. ``stale_texts`` names
    the texts whose source has changed since, separated by spaces. Each save keeps both.
    """

    synced = models.JSONField(default=dict, editable=False)
    stale_texts = models.CharField(max_length=200, default="", blank=True, editable=False)

    class Meta:
        abstract = True

    @override
    def save(self, **options: Any) -> None:
        """Save, and note which texts are out of step."""
        self.note_sync()
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "synced", "stale_texts"}
        super().save(**options)

    def note_sync(self) -> None:
        """Work out ``synced`` and ``stale_texts`` from what the columns hold now."""
        now = {name: self._digests(name) for name in self.full_names()}
        self.synced = {
            name: self.synced[name] if self.synced.get(name, ["", ""])[1] == both[1] else both
            for name, both in now.items()
        }
        late = [name for name, both in now.items() if self.synced[name][0] != both[0]]
        self.stale_texts = " ".join(late)

    def confirm(self, name: str) -> None:
        """Take the Simplified text ``name`` as right for the Traditional one; the caller saves."""
        self.synced.pop(name, None)

    def full_names(self) -> list[str]:
        """Return the names of the texts that are there in both languages."""
        names = translated_names(type(self))
        return [n for n in names if all(getattr(self, f"{n}_{c}") for c in COLUMNS.values())]

    def _digests(self, name: str) -> list[str]:
        return [text_digest(getattr(self, f"{name}_{side}")) for side in COLUMNS.values()]

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


def stale[M: Bilingual](model: type[M]) -> models.QuerySet[M]:
    """Return the records of ``model`` that have a text older than its Traditional source."""
    return model._default_manager.exclude(stale_texts="")


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
    """Questions about texts with a status."""

    def published(self) -> Self:
        """Return only what readers may see."""
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
        """Whether readers meet this text under a notice only."""
        return self.status == Status.WITHDRAWN

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
