"""Fields of our own: text that is normalized whichever way it comes, and links to an owner."""

from typing import TYPE_CHECKING, Any, override

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from esimguide.text.contact import read_contact
from esimguide.text.markdown import lost_links
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
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs

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


def _normalize_contact(text: str) -> str:
    line = normalize_line(text)
    found = read_contact(line)
    return found.value if found else line


class ContactField(NormalizedCharField):
    """A number or address in the one form in which it is stored; other words stay as they are."""

    normalize = staticmethod(_normalize_contact)


def refuse_lost_links(text: str) -> None:
    """Raise ValidationError when ``text`` has a link that the page would not have."""
    if lost := list(lost_links(normalize(text))):
        message = _(
            "Readers would miss the link to “%(address)s”. A link leads to https://…, mailto:…,"
            " tel:… or a page of this guide, such as /zh-hant/about/; there are no pictures."
        )
        raise ValidationError(message, params={"address": "、".join(lost)[:200]})


class MarkdownField(NormalizedTextField):
    """An editor's Markdown. What is typed or imported may hold no link that readers would miss.

    Forms judge that and not the model, so that older text can still be copied and brought back.
    """

    @override
    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"validators": [refuse_lost_links], **options})


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
