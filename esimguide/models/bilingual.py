"""Texts in two columns, and the rule that no reader meets one language without the other."""

import hashlib
from typing import TYPE_CHECKING, Any, override

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import COLUMNS, Translated
from esimguide.models.fields import MarkdownField, NormalizedCharField
from esimguide.models.indexed import Indexed

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
        self.note_sync()
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "synced", "stale_texts"}
        super().save(**options)

    def note_sync(self) -> None:
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
    return model._default_manager.exclude(stale_texts="")


def always_complete(*required: str, optional: tuple[str, ...] = ()) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=complete(*required, optional=optional),
        name="%(class)s_in_both_languages",
        violation_error_message=_("This text needs both languages."),
    )
