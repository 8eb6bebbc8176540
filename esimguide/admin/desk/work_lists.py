"""What the desk looks for. One entry in WORK_LISTS is one list on it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from esimguide.admin.desk.usage import owner_of, with_owners
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

# A working copy is still being written.
LIVE = {
    Procedure: Q(replaces=None),
    Step: Q(procedure__replaces=None),
    Requirement: Q(procedure__replaces=None),
}


@dataclass(frozen=True)
class WorkItem:
    """One record that needs somebody: ``why`` says what is the matter, ``day`` since or until when.
    ``address`` leads to the form in which it is put right.
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
        """The record's name; that of a fact or channel after the name of what it belongs to."""
        is_part = isinstance(self.record, (Fact, Channel))
        owner = owner_of(self.record) if is_part else None
        return f"{owner}：{self.record}" if owner else str(self.record)

    @property
    def kind_label(self) -> str:
        return str(self.record._meta.verbose_name)

    @property
    def address(self) -> str:
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


def models_of(base: type[Model], visible: set[type[Model]]) -> list[Any]:
    models = apps.get_app_config("esimguide").get_models()
    return [model for model in models if issubclass(model, base) and model in visible]


def due(visible: set[type[Model]]) -> WorkItems:
    until = timezone.localdate() + SOON
    for model in models_of(Checked, visible):
        records = with_owners(model.objects.filter(check_again_on__lte=until))
        for record in records.order_by("check_again_on"):
            why = _("check overdue") if record.is_overdue else _("due in 14 days")
            if not record.is_confirmed:
                why = _("to be looked for again")
            yield WorkItem(record, why, record.check_again_on)


def unconfirmed(visible: set[type[Model]]) -> WorkItems:
    """Yield the facts that are not confirmed or whose sources disagree, most met first."""
    if Fact in visible:
        states = (State.UNKNOWN, State.CONFLICTING)
        for fact in with_owners(Fact.objects.filter(state__in=states)).by_reach():
            words = _("%(state)s; on %(count)d pages")
            why = words % {"state": State(fact.state).label, "count": fact.reach}
            yield WorkItem(fact, why, fact.checked_on)


def in_review(visible: set[type[Model]]) -> WorkItems:
    for model in models_of(Publishable, visible):
        for record in with_owners(model.objects.filter(status=Status.REVIEW)):
            yield WorkItem(record, _("waits for a review"))


def stale_translations(visible: set[type[Model]]) -> WorkItems:
    """Yield what has a Simplified text older than its Traditional source; a procedure's row under
    the procedure, in whose form it is written.
    """
    for model in models_of(Bilingual, visible):
        for record in with_owners(stale(model).filter(LIVE.get(model, Q()))):
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
            is_dead = {f"{column}__in": LinkCheck.objects.dead().values("url")}
            for record in with_owners(model._default_manager.filter(**is_dead)):
                link = dead[getattr(record, column)]
                why = " ".join(filter(None, (link.get_outcome_display(), link.detail)))
                yield WorkItem(record, why, timezone.localdate(link.tried_at))


def contradicted_statements(visible: set[type[Model]]) -> WorkItems:
    """Yield what two or more unread reports of readers contradict; a step under its procedure."""
    for model in (Fact, Channel):
        if model in visible:
            for record in with_owners(contradicted(model)):
                words = _("reports that it is wrong or old: %(count)d")
                yield WorkItem(record, words % {"count": record.contradictions}, record.checked_on)
    if Procedure in visible:
        yield from contradicted_steps_to_check()


def contradicted_steps_to_check() -> WorkItems:
    found = contradicted_steps()
    procedures = with_owners(Procedure.objects.all()).in_bulk(
        [key for key, _number, _count in found]
    )
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
