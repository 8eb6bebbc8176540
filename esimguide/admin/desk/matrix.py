"""Every page in both languages, and how it stands: complete, missing, stale or a draft."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from esimguide.admin.desk.desk import visible_models
from esimguide.editorial.text_checks import Condition, condition
from esimguide.i18n import LANGUAGES
from esimguide.models import (
    Carrier,
    Change,
    Device,
    Document,
    Fact,
    Misconception,
    Procedure,
    Question,
    Service,
    Situation,
    Topic,
)
from esimguide.models.bilingual import Bilingual

if TYPE_CHECKING:
    from django.db.models import QuerySet

# A page with the rows that stand on it; what has no page of its own stands on others as a record.
SUBJECTS: dict[type[Bilingual], tuple[str, ...]] = {
    Procedure: ("steps", "requirements"),
    Carrier: ("channels",),
    Topic: (),
    Device: (),
    Service: (),
    Misconception: (),
    Question: (),
    Fact: (),
    Document: (),
    Situation: (),
    Change: (),
}


class MatrixRow(NamedTuple):
    """One page: its name, the way to its form, and its condition in each language."""

    name: str
    address: str
    conditions: list[Condition]

    @property
    def is_complete(self) -> bool:
        return all(condition.code == "complete" for condition in self.conditions)


def language_matrix(request: HttpRequest) -> HttpResponse:
    visible = visible_models(request)
    subjects = [model for model in SUBJECTS if model in visible]
    if not subjects:
        raise PermissionDenied
    names = {str(model._meta.model_name): model for model in subjects}
    chosen = names.get(request.GET.get("subject", ""), subjects[0])
    lines = {model: _lines(model) for model in subjects}
    is_whole = request.GET.get("all") == "1"
    context = {
        **admin.site.each_context(request),
        "title": _("Languages"),
        "languages": [name for _code, name in LANGUAGES],
        "summary": [_summary(model, lines[model]) for model in subjects],
        "chosen": chosen._meta,
        "lines": [line for line in lines[chosen] if is_whole or not line.is_complete],
        "is_whole": is_whole,
    }
    return TemplateResponse(request, "admin/language_matrix.html", context)


def _lines(model: type[Bilingual]) -> list[MatrixRow]:
    found: QuerySet[Any] = model._default_manager.prefetch_related(*SUBJECTS[model])
    links = [f.name for f in model._meta.concrete_fields if f.name in {"carrier", "procedure"}]
    found = found.select_related(*links) if links else found
    return [_line(record, SUBJECTS[model]) for record in found]


def _line(record: Any, row_names: Iterable[str]) -> MatrixRow:  # noqa: ANN401 (any record)
    rows = [row for name in row_names for row in getattr(record, name).all()]
    address = reverse(f"admin:esimguide_{record._meta.model_name}_change", args=[record.pk])
    return MatrixRow(
        str(record), address, [condition(record, code, rows) for code, _name in LANGUAGES]
    )


def _summary(model: type[Bilingual], lines: list[MatrixRow]) -> dict[str, Any]:
    columns = [
        sorted(Counter(line.conditions[place] for line in lines).items())
        for place in range(len(LANGUAGES))
    ]
    return {"meta": model._meta, "count": len(lines), "columns": columns}
