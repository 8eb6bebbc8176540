"""The desk's pages: what needs an editor today, list by list."""

import csv
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats
from django.utils.translation import gettext as _

from esimguide.admin.desk.work_lists import WORK_LISTS, WorkItem, WorkList
from esimguide.admin.spreadsheet import safe_cell

SHOWN = 5  # lines of a list that stand on the desk itself


def visible_models(request: HttpRequest) -> set[type[Model]]:
    ours = apps.get_app_config("esimguide").get_models()
    pages = [admin.site.get_model_admin(m) for m in ours if admin.site.is_registered(m)]
    return {page.model for page in pages if page.has_view_permission(request)}


def overview(request: HttpRequest) -> list[dict[str, Any]]:
    visible = visible_models(request)
    found = [(section, list(section.find(visible))) for section in WORK_LISTS]
    return [{"section": s, "count": len(lines), "lines": lines[:SHOWN]} for s, lines in found]


def lines_of(request: HttpRequest, name: str) -> tuple[WorkList, list[WorkItem]]:
    """Return the list called ``name`` whole; 404 for one that is not there."""
    section = next((section for section in WORK_LISTS if section.name == name), None)
    if section is None:
        raise Http404
    return section, list(section.find(visible_models(request)))


def chosen(request: HttpRequest, lines: list[WorkItem]) -> list[WorkItem]:
    """Return the lines of the kind that the query asks for; all without such a question."""
    kind = request.GET.get("kind", "")
    return [line for line in lines if line.kind == kind] if kind else lines


def section(request: HttpRequest, name: str) -> HttpResponse:
    section, lines = lines_of(request, name)
    context = admin.site.each_context(request) | {
        "title": section.title,
        "section": section,
        "lines": chosen(request, lines),
        "kinds": sorted({(line.kind, line.kind_label) for line in lines}),
        "kind": request.GET.get("kind", ""),
    }
    return TemplateResponse(request, "admin/desk/section.html", context)


def section_csv(request: HttpRequest, name: str) -> HttpResponse:
    _section, lines = lines_of(request, name)
    headers = {"Content-Disposition": f'attachment; filename="desk-{name}.csv"'}
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerow([_("kind"), _("record"), _("why"), _("day"), _("address")])
    for line in chosen(request, lines):
        day = formats.date_format(line.day, "Y-m-d") if line.day else ""
        cells = (line.kind_label, line.name, line.why, day)
        address = request.build_absolute_uri(line.address)
        writer.writerow([safe_cell(cell) for cell in (*cells, address)])
    return response
