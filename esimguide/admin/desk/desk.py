"""The desk: what needs an editor today. One entry in SECTIONS is one list on it."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from esimguide.admin.spreadsheet import safe_cell
from esimguide.models import (
    Channel,
    Checked,
    Fact,
    Inquiry,
    LinkCheck,
    Procedure,
    Report,
    Requirement,
    Source,
    State,
    Status,
    Step,
    contradicted,
    contradicted_steps,
)
from esimguide.models.bilingual import Bilingual, stale
from esimguide.models.checked import SOON
from esimguide.models.publishable import Publishable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN = 5  # lines of a list that stand on the desk itself

# What a record is called by, besides its own name, and what must be fetched for that.
OWNERS = {"fact": ("carrier", "procedure", "topic", "service"), "channel": ("carrier",)}
FETCHED = OWNERS | {
    "fact": ("carrier", "procedure__carrier", "topic", "service"),
    "procedure": ("carrier",),
    "step": ("procedure__carrier",),
    "requirement": ("procedure__carrier", "document"),
}
# A working copy is still being written.
LIVE = {
    Procedure: Q(replaces=None),
    Step: Q(procedure__replaces=None),
    Requirement: Q(procedure__replaces=None),
}


@dataclass(frozen=True)
class WorkItem:
    """One record that needs somebody: ``why`` says what is the matter, ``day`` since or until when.

    ``address`` leads to where it is put right.
    """

    record: Model
    why: str
    day: dt.date | None = None

    @property
    def kind(self) -> str:
        """The kind of record, by the name of its model: what lists filter by."""
        return str(self.record._meta.model_name)

    @property
    def name(self) -> str:
        """The record's name, after that of what it belongs to."""
        owners = (getattr(self.record, name) for name in OWNERS.get(self.kind, ()))
        owner = next(filter(None, owners), None)
        return f"{owner}：{self.record}" if owner else str(self.record)

    @property
    def kind_label(self) -> str:
        return str(self.record._meta.verbose_name)

    @property
    def address(self) -> str:
        """The form in which the record is changed."""
        return reverse(f"admin:esimguide_{self.kind}_change", args=[self.record.pk])


type WorkItems = Iterator[WorkItem]


@dataclass(frozen=True)
class WorkList:
    """One list of the desk. ``find`` takes the models the editor may see, and costs a fixed number
    of queries whatever it finds.
    """

    name: str
    title: "StrOrPromise"
    note: "StrOrPromise"
    find: Callable[[set[type[Model]]], WorkItems]


# ---- what is looked for ------------------------------------------------------------------------


def models_of(base: type[Model], visible: set[type[Model]]) -> list[Any]:
    """Return the visible models of the guide that are a ``base``."""
    models = apps.get_app_config("esimguide").get_models()
    return [model for model in models if issubclass(model, base) and model in visible]


def named(model: Any) -> Any:  # noqa: ANN401 (a queryset of any model)
    return with_names(model.objects.all())


def with_names(records: Any) -> Any:  # noqa: ANN401 (a queryset of any model)
    paths = FETCHED.get(records.model._meta.model_name)
    return records.select_related(*paths) if paths else records


def due(visible: set[type[Model]]) -> WorkItems:
    """Yield everything with evidence whose next check is overdue or due in 14 days."""
    until = timezone.localdate() + SOON
    for model in models_of(Checked, visible):
        for record in named(model).filter(check_again_on__lte=until).order_by("check_again_on"):
            why = _("check overdue") if record.is_overdue else _("due in 14 days")
            if not record.is_confirmed:
                why = _("to be looked for again")
            yield WorkItem(record, why, record.check_again_on)


def unconfirmed(visible: set[type[Model]]) -> WorkItems:
    """Yield the facts that are not confirmed or whose sources disagree, most met first."""
    if Fact in visible:
        states = (State.UNKNOWN, State.CONFLICTING)
        for fact in named(Fact).filter(state__in=states).by_reach():
            words = _("%(state)s; on %(count)d pages")
            why = words % {"state": State(fact.state).label, "count": fact.reach}
            yield WorkItem(fact, why, fact.checked_on)


def in_review(visible: set[type[Model]]) -> WorkItems:
    for model in models_of(Publishable, visible):
        for record in named(model).filter(status=Status.REVIEW):
            yield WorkItem(record, _("waits for a review"))


def stale_translations(visible: set[type[Model]]) -> WorkItems:
    """Yield what has a Simplified text older than its Traditional source; a procedure's row under
    the procedure, in whose form it is written.
    """
    for model in models_of(Bilingual, visible):
        for record in with_names(stale(model).filter(LIVE.get(model, Q()))):
            is_row = isinstance(record, (Step, Requirement))
            words = f"{record}：{labels(record)}" if is_row else labels(record)
            yield WorkItem(record.procedure if is_row else record, words)


def labels(record: Any) -> str:  # noqa: ANN401 (a bilingual record)
    """Return what the forms call the texts of ``record`` that are out of step."""
    columns = (f"{name}_zh_hant" for name in record.stale_texts.split())
    return "、".join(str(record._meta.get_field(column).verbose_name) for column in columns)


def dead_links(visible: set[type[Model]]) -> WorkItems:
    """Yield the sources and channels whose address did not answer when it was last tried."""
    dead = {link.url: link for link in LinkCheck.objects.dead()}
    for model, column in ((Source, "url"), (Channel, "value")):
        if model in visible:
            for record in named(model).filter(
                **{f"{column}__in": LinkCheck.objects.dead().values("url")}
            ):
                link = dead[getattr(record, column)]
                why = " ".join(filter(None, (link.get_outcome_display(), link.detail)))
                yield WorkItem(record, why, timezone.localdate(link.tried_at))


def contradicted_statements(visible: set[type[Model]]) -> WorkItems:
    """Yield what two or more unread reports of readers contradict; a step under its procedure."""
    for model in (Fact, Channel):
        if model in visible:
            for record in with_names(contradicted(model)):
                words = _("reports that it is wrong or old: %(count)d")
                yield WorkItem(record, words % {"count": record.contradictions}, record.checked_on)
    if Procedure in visible:
        yield from contradicted_steps_to_check()


def contradicted_steps_to_check() -> WorkItems:
    found = contradicted_steps()
    procedures = named(Procedure).in_bulk([key for key, _number, _count in found])
    for key, number, count in found:
        words = _("step %(number)d, reports that it is wrong or old: %(count)d")
        why = words % {"number": number, "count": count}
        yield WorkItem(procedures[key], why, procedures[key].checked_on)


def unread(visible: set[type[Model]]) -> WorkItems:
    for model in (Report, Inquiry):
        if model in visible:
            for message in model.objects.waiting():
                yield WorkItem(message, _("to be read"), timezone.localdate(message.received_at))


WORK_LISTS = (
    WorkList(
        "contradicted",
        gettext_lazy("Readers say it is wrong"),
        gettext_lazy("Facts, channels and steps that two or more readers contradict."),
        contradicted_statements,
    ),
    WorkList(
        "unread",
        gettext_lazy("Readers have written"),
        gettext_lazy("Reports and questions that nobody has read."),
        unread,
    ),
    WorkList(
        "due",
        gettext_lazy("To check again"),
        gettext_lazy("Overdue, or due in the next 14 days."),
        due,
    ),
    WorkList(
        "doubtful",
        gettext_lazy("Not confirmed, or sources disagree"),
        gettext_lazy("Facts, in the order of how many published pages show them."),
        unconfirmed,
    ),
    WorkList(
        "review",
        gettext_lazy("Waiting for a review"),
        gettext_lazy("Texts in the state “in review”."),
        in_review,
    ),
    WorkList(
        "stale",
        gettext_lazy("Simplified older than Traditional"),
        gettext_lazy("Texts whose Traditional source has changed since."),
        stale_translations,
    ),
    WorkList(
        "links",
        gettext_lazy("Dead links"),
        gettext_lazy("Addresses that did not answer when they were last tried."),
        dead_links,
    ),
)


# ---- pages -------------------------------------------------------------------------------------


def visible_models(request: HttpRequest) -> set[type[Model]]:
    """Return the models of which the editor may see the records."""
    pages = admin.site._registry.items()  # noqa: SLF001 (the list has no other name)
    return {model for model, page in pages if page.has_view_permission(request)}


def overview(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every list with its length and its first lines."""
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
    """Show one list whole, with a filter by kind of record."""
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
    """Answer with the list, filtered alike, as a table for a spreadsheet."""
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
