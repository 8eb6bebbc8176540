"""Columns that keep their text tidy: whichever way it comes, by form, import or command."""

from typing import Any, override

from django.db import models

from esimguide.text.contact import read_contact
from esimguide.text.normalize import normalize, normalize_line


class _Column(models.Field):
    """What both columns share: migrations know them by the names of Django's own."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Return what a migration writes; the tidying is no matter of the database."""
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path.replace("esimguide.models.fields.Normalized", "django.db.models."),
            args,
            kwargs,
        )


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
    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

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
