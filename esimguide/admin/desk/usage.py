"""Where a record is used, and what of that keeps it from being deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import CASCADE, ForeignObjectRel, Model, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from esimguide.i18n import COLUMNS
from esimguide.models import Procedure, Status, Term
from esimguide.models.bilingual import Publishable, translated_names

# A record without a status of its own is read where the first filled one of these is.
OWNERS = ("procedure", "carrier", "topic", "service")


@dataclass(frozen=True)
class Use:
    """One record that leans on another one: ``role`` says by which of its fields,
    ``is_part`` that it belongs to the other and has no status of its own.
    """

    record: Model
    role: str
    is_public: bool
    is_part: bool = False

    @property
    def address(self) -> str:
        opts = self.record._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.record.pk])

    @property
    def kind(self) -> str:
        return capfirst(str(self.record._meta.verbose_name))

    def as_link(self) -> SafeString:
        """Return the record's name as a link to its form, after its kind and the field."""
        words = '{}: <a href="{}">{}</a> ({})'
        return format_html(words, self.kind, self.address, self.record, self.role)


def uses(record: Model) -> list[Use]:
    """Return what uses ``record``, what readers see first; one query for each field that may."""
    found = chain(_links_to(record), _mentions_of(record) if isinstance(record, Term) else ())
    return sorted(found, key=lambda use: not use.is_public)


def kept_for_readers(records: Iterable[Model]) -> list[SafeString]:
    """Return links to the published records that would lose something with ``records``.

    What belongs to a record (its steps, its facts) leaves with it and does not count, but what
    leans on those does. A word of the glossary is not needed by the texts that use it.
    """
    leaving = list(records)
    found: list[Use] = []
    for record in leaving:  # grows meanwhile
        for use in _links_to(record):
            if not use.is_part:
                found.append(use)
            elif use.record not in leaving:
                leaving.append(use.record)
    kept = [use for use in found if use.is_public and use.record not in leaving]
    return list(dict.fromkeys(use.as_link() for use in kept))


def _links_to(record: Model) -> Iterator[Use]:
    for field in record._meta.get_fields(include_hidden=True):
        if not isinstance(field, ForeignObjectRel) or not _is_ours(field):
            continue
        model, role = field.related_model, field.field
        for user in _named(model).filter(**{role.name: record}).distinct():
            is_part = field.on_delete is CASCADE and not isinstance(user, Publishable)
            yield Use(user, str(role.verbose_name), is_seen(user), is_part)


def _is_ours(relation: ForeignObjectRel) -> bool:
    """Tell whether the relation comes from a record with a form: no version, no index."""
    return admin.site.is_registered(relation.related_model)


def _named(model: Any) -> Any:  # noqa: ANN401 (a queryset of any model)
    """Return the records of ``model`` with what tells their name and whether readers see them."""
    fields = {field.name for field in model._meta.concrete_fields}
    paths = [name for name in OWNERS if name in fields]
    paths += ["procedure__carrier"] if "procedure" in fields else []
    return model.objects.select_related(*paths) if paths else model.objects.all()


def is_seen(record: Any) -> bool:  # noqa: ANN401 (any record of the guide)
    """Tell whether readers see ``record``: by its own status, else by that of what it belongs to.

    What belongs to nothing (a situation, a document) stands on public pages anyhow.
    """
    if isinstance(record, Publishable):
        owner = record.carrier if isinstance(record, Procedure) else None
        return record.status == Status.PUBLISHED and (owner is None or owner.is_published)
    owners = [getattr(record, name, None) for name in OWNERS]
    return next((is_seen(owner) for owner in owners if owner is not None), True)


def _mentions_of(term: Term) -> Iterator[Use]:
    """Yield the records in whose texts the term's word stands."""
    for model in apps.get_app_config("esimguide").get_models():
        names = translated_names(model)
        if not names or model is Term or not admin.site.is_registered(model):
            continue
        condition = Q(pk__in=())
        for name in names:
            for side in COLUMNS.values():
                word = getattr(term, f"word_{side}")
                condition |= Q(**{f"{name}_{side}__contains": word})
        for user in _named(model).filter(condition):
            yield Use(user, str(term), is_seen(user))
