"""Both languages side by side: pairs of fields, their labels, columns, and what is missing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, override

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import (
    COLUMNS,
    HTML_TAGS,
    LANGUAGES,
    SIMPLIFIED,
    TRADITIONAL,
    language_of,
    other_language,
)
from esimguide.models.bilingual import translated_names
from esimguide.text.typography import typography_problems

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Each in its own letters, so that one mark serves the interface in either language.
MARKS = {TRADITIONAL: "（繁）", SIMPLIFIED: "（简）"}

# ---- names -------------------------------------------------------------------------------------


def pair(name: str) -> tuple[str, str]:
    """Return the two columns of the text ``name``; inside ``fields`` they share a row."""
    return (f"{name}_{COLUMNS[TRADITIONAL]}", f"{name}_{COLUMNS[SIMPLIFIED]}")


def label(model: type[Model], column: str) -> "StrOrPromise":
    """Return the label of a model field, marked with its language if it has one."""
    field: Any = model._meta.get_field(column)
    language = language_of(column)
    return (
        format_lazy("{}{}", field.verbose_name, MARKS[language]) if language else field.verbose_name
    )


def labels(model: type[Model]) -> dict[str, str]:
    """Return the labels of all texts of a model by column, for boxes and for what is only read."""
    columns = [field.name for field in model._meta.concrete_fields if language_of(field.name)]
    return {column: str(label(model, column)) for column in columns}


def writing_problems(record: Model) -> list[str]:
    """Return what breaks the typographic rules in the texts of ``record``, each with its label."""
    return [
        f"{label(type(record), column)}: {problem}"
        for name in translated_names(type(record))
        for column in pair(name)
        for problem in typography_problems(getattr(record, column), language_of(column) or "")
    ]


# ---- lists -------------------------------------------------------------------------------------


def shown(model: type[Model], name: str) -> tuple[Callable[[Model], str], ...]:
    """Return the two list columns of the text ``name``, Traditional first."""
    return tuple(_shown(model, column) for column in pair(name))


def _shown(model: type[Model], column: str) -> Callable[[Model], str]:
    tag = HTML_TAGS[language_of(column) or TRADITIONAL]

    @admin.display(description=label(model, column), ordering=column)
    def text(record: Model) -> str:
        value = getattr(record, column)
        return format_html('<span lang="{}">{}</span>', tag, value) if value else ""

    text.__name__ = column
    return text


def lacking(model: type[Model], language: str) -> Q:
    """Return the condition that a text is there in the other language only."""
    mine, other = COLUMNS[language], COLUMNS[other_language(language)]
    condition = Q(pk__in=())
    for name in translated_names(model):
        condition |= Q(**{f"{name}_{mine}": ""}) & ~Q(**{f"{name}_{other}": ""})
    return condition


class MissingFilter(admin.SimpleListFilter):
    """Lists the records of which a text lacks one language."""

    title = _("missing language")
    parameter_name = "missing"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> tuple[tuple[str, Any], ...]:
        return (*LANGUAGES, ("none", _("nothing missing")))

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen, model = self.value(), queryset.model
        if chosen in COLUMNS:
            return queryset.filter(lacking(model, chosen))
        if chosen == "none":
            return queryset.exclude(lacking(model, TRADITIONAL) | lacking(model, SIMPLIFIED))
        return queryset
