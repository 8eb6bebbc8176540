"""Columns that keep their text tidy: whichever way it comes, by form, import or command."""

from typing import Any, override

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from esimguide.text.contact import read_contact
from esimguide.text.markdown import lost_links
from esimguide.text.normalize import normalize, normalize_line


class _Column(models.Field):
    """What both columns share: migrations know them by the names of Django's own."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Return what a migration writes; the tidying is no matter of the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class NormalizedCharField(_Column, models.CharField):
    """One line of text, tidied."""

    @override
    def to_python(self, value: Any) -> Any:
        """Return what validation judges and a form's record keeps."""
        return normalize_line(value) if isinstance(value, str) else super().to_python(value)

    @override
    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored and compared."""
        prepared = super().get_prep_value(value)
        return normalize_line(prepared) if isinstance(prepared, str) else prepared


class ContactField(NormalizedCharField):
    """A number or address in the one form in which it is stored; other words stay as they are."""

    @override
    def to_python(self, value: Any) -> Any:
        """Return what validation judges and a form's record keeps."""
        return _contact_value(super().to_python(value))

    @override
    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored and compared."""
        return _contact_value(super().get_prep_value(value))


def _contact_value(text: Any) -> Any:  # noqa: ANN401 (a column may be given anything)
    found = read_contact(text) if isinstance(text, str) else None
    return found.value if found else text


class NormalizedTextField(_Column, models.TextField):
    """Text of several lines, tidied."""

    @override
    def to_python(self, value: Any) -> Any:
        """Return what validation judges and a form's record keeps."""
        return normalize(value) if isinstance(value, str) else super().to_python(value)

    @override
    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored and compared."""
        prepared = super().get_prep_value(value)
        return normalize(prepared) if isinstance(prepared, str) else prepared


class MarkdownField(NormalizedTextField):
    """An editor's Markdown. What is typed or imported may hold no link that readers would miss.

    Forms judge that and not the model, so that older text can still be copied and brought back.
    """

    @override
    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"validators": [refuse_lost_links], **options})


def refuse_lost_links(text: str) -> None:
    """Raise ValidationError when ``text`` has a link that the page would not have."""
    if lost := list(lost_links(normalize(text))):
        message = _(
            "Readers would miss the link to “%(address)s”. A link leads to https://…, mailto:…,"
            " tel:… or a page of this guide, such as /zh-hant/about/; there are no pictures."
        )
        raise ValidationError(message, params={"address": "、".join(lost)[:200]})
