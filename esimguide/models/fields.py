"""Fields of our own: text that is normalized whichever way it comes, and links to an owner."""

from typing import TYPE_CHECKING, Any, override

from django.db import models
from django.db.models import Q

from esimguide.text.normalize import normalize, normalize_line

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class _Normalized(models.Field):
    """A column that normalizes text. Migrations know it as Django's own field."""

    @staticmethod
    def normalize(text: str) -> str:
        raise NotImplementedError

    @override
    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        path = path.replace("esimguide.models.fields.Normalized", "django.db.models.")
        return name, path, args, kwargs

    @override
    def to_python(self, value: Any) -> Any:
        return self.normalize(value) if isinstance(value, str) else super().to_python(value)

    @override
    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return self.normalize(prepared) if isinstance(prepared, str) else prepared


class NormalizedCharField(_Normalized, models.CharField):
    """One line of text."""

    normalize = staticmethod(normalize_line)


class NormalizedTextField(_Normalized, models.TextField):
    """Text of several lines."""

    normalize = staticmethod(normalize)


def optional_owner[M: models.Model](
    model: type[M], related_name: str, label: "StrOrPromise"
) -> "models.ForeignKey[M | None, M | None]":
    """Return a link to one of several records to which this one may belong, and with which it is
    deleted.
    """
    return models.ForeignKey(
        model,
        models.CASCADE,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=label,
    )


def one_of(*owners: str) -> Q:
    """Return the condition that exactly one of these links is filled."""
    condition = Q()
    for owner in owners:
        condition |= Q(**{f"{name}__isnull": name != owner for name in owners})
    return condition
