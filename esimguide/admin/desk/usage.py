"""Where a record is used, and what of that keeps it from being deleted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import CASCADE, ForeignObjectRel, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from esimguide.admin.history import is_number
from esimguide.i18n import COLUMNS
from esimguide.models import Procedure, Status, Term
from esimguide.models.bilingual import translated_names
from esimguide.models.publishable import Publishable

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
        if not isinstance(field, ForeignObjectRel):
            continue
        model, role = field.related_model, field.field
        if not admin.site.is_registered(model):  # a version, or the search index
            continue
        for user in with_owners(model._default_manager.filter(**{role.name: record})).distinct():
            is_part = field.on_delete is CASCADE and not isinstance(user, Publishable)
            yield Use(user, str(role.verbose_name), is_seen(user), is_part)


def with_owners(records: Any) -> Any:  # noqa: ANN401 (a queryset of any model)
    """Fetch with ``records`` what tells their names and whether readers see them."""
    fields = {field.name for field in records.model._meta.concrete_fields}
    paths = [name for name in (*OWNERS, "document") if name in fields]
    paths += ["procedure__carrier"] if "procedure" in fields else []
    return records.select_related(*paths) if paths else records


def owner_of(record: Any) -> Any:  # noqa: ANN401 (any record of the guide)
    """Return what a record without a status of its own belongs to; None if it stands alone."""
    owners = (getattr(record, name, None) for name in OWNERS)
    return next((owner for owner in owners if owner is not None), None)


def is_seen(record: Any) -> bool:  # noqa: ANN401 (any record of the guide)
    """Tell whether readers see ``record``: by its own status, else by that of what it belongs to.

    What belongs to nothing (a situation, a document) stands on public pages anyhow.
    """
    if isinstance(record, Publishable):
        owner = record.carrier if isinstance(record, Procedure) else None
        return record.status == Status.PUBLISHED and (owner is None or owner.is_published)
    owner = owner_of(record)
    return owner is None or is_seen(owner)


def _mentions_of(term: Term) -> Iterator[Use]:
    for model in apps.get_app_config("esimguide").get_models():
        names = translated_names(model)
        if not names or model is Term or not admin.site.is_registered(model):
            continue
        condition = Q(pk__in=())
        for name in names:
            for side in COLUMNS.values():
                word = getattr(term, f"word_{side}")
                condition |= Q(**{f"{name}_{side}__contains": word})
        for user in with_owners(model._default_manager.filter(condition)):
            yield Use(user, str(term), is_seen(user))


class UsageAdmin(ModelAdmin):
    """Adds to each record the page that lists what uses it; deleting takes nothing from readers."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_uses"
        page = self.admin_site.admin_view(self.uses_view)
        return [path("<path:object_id>/uses/", page, name=name), *super().get_urls()]

    def uses_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.get_object(request, object_id) if is_number(object_id) else None
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": gettext("Where is this used?"),
            "subtitle": str(record),
            "opts": self.opts,
            "object": record,
            "uses": uses(record),
        }
        return TemplateResponse(request, "admin/uses.html", context)

    def get_deleted_objects(
        self, objs: QuerySet | Sequence[Model], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        gone, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return gone, counts, lacking, kept_for_readers(objs) or protected
