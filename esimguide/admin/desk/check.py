"""The queue: fact after fact beside its source, each answered with still right, changed or gone."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, override

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from esimguide.admin.bilingual import MARKS, label, pair
from esimguide.admin.checked import mark, next_check_of
from esimguide.i18n import COLUMNS, HTML_TAGS, SIMPLIFIED, TRADITIONAL, language_of
from esimguide.models import Change, Fact, State
from esimguide.models.checked import SOON
from esimguide.models.fact import FactQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PAST_CHECKS = 5  # shown beside a fact
type Answer = Callable[[HttpRequest, Fact], forms.ModelForm | None]

# ---- the queue ---------------------------------------------------------------------------------


def queue() -> FactQuerySet:
    """Return the facts to check, the longest overdue first."""
    due = Fact.objects.filter(check_again_on__lte=timezone.localdate() + SOON)
    return due.order_by("check_again_on", "pk")


def next_after(fact: Fact | None) -> Fact | None:
    """Return what follows ``fact`` in the queue, or its first when ``fact`` stands in none."""
    if fact is None or fact.check_again_on is None:
        return queue().first()
    later = Q(check_again_on__gt=fact.check_again_on)
    same_day = Q(check_again_on=fact.check_again_on, pk__gt=fact.pk)
    return queue().filter(later | same_day).first()


def go_on(fact: Fact | None) -> HttpResponse:
    """Lead to what follows ``fact``; at the end of the queue, to its first page."""
    following = next_after(fact)
    return redirect("admin:check_fact", following.pk) if following else redirect("admin:check")


# ---- forms -------------------------------------------------------------------------------------


class AnswerForm(forms.ModelForm):
    """Fields of a fact, each marked with its language, judged with the whole record."""

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if language := language_of(name):
                field.widget.attrs["lang"] = HTML_TAGS[language]
                if name in {column.name for column in Fact._meta.concrete_fields}:
                    field.label = label(Fact, name)


def note_label(language: str) -> "StrPromise":
    return format_lazy("{}{}", gettext_lazy("public note"), MARKS[language])


class ChangedForm(AnswerForm):
    """The answer as the source gives it now, and a note of that for readers."""

    note_zh_hant = forms.CharField(label=note_label(TRADITIONAL), max_length=200)
    note_zh_hans = forms.CharField(label=note_label(SIMPLIFIED), max_length=200)

    class Meta:
        model = Fact
        fields = (
            *pair("value"),
            *("amount_min", "amount_max", "unit", "state", "source"),
            *pair("other_value"),
            "other_source",
        )


class GoneForm(AnswerForm):
    """The sentence to ask the carrier with, now that no source gives an answer."""

    class Meta:
        model = Fact
        fields = pair("ask")

    def clean(self) -> dict[str, Any]:
        """Return the values; the fact loses its answer before the whole of it is judged."""
        values = super().clean() or self.cleaned_data
        fact = self.instance
        fact.state, fact.source, fact.other_source, fact.unit = State.UNKNOWN, None, None, ""
        fact.amount_min = fact.amount_max = None
        for column in (*pair("value"), *pair("other_value")):
            setattr(fact, column, "")
        # Of a one-sided sentence the record itself says so.
        if not self.errors and not any(values[column] for column in pair("ask")):
            for column in pair("ask"):
                self.add_error(column, _("Fill in both languages."))
        return values


# ---- what an editor can answer -----------------------------------------------------------------


def still_right(request: HttpRequest, fact: Fact) -> None:
    """Move the check; needs a source that was read again."""
    if fact.source_id is None:
        message = "no source to read again"
        raise BadRequest(message)
    mark(fact, request)


def changed(request: HttpRequest, fact: Fact) -> forms.ModelForm | None:
    """Take the new answer over and publish the note; return the form if it has errors."""
    form = ChangedForm(request.POST, instance=fact, prefix="changed")
    if not form.is_valid():
        return form
    save(request, fact, _("The source says something else now."))
    publish_note(fact, form)
    return None


def gone(request: HttpRequest, fact: Fact) -> forms.ModelForm | None:
    """Make the fact *unknown*; return the form if it has errors."""
    form = GoneForm(request.POST, instance=fact, prefix="gone")
    if not form.is_valid():
        return form
    save(request, fact, _("The source no longer gives an answer."))
    return None


ANSWERS: dict[str, Answer] = {"still": still_right, "changed": changed, "gone": gone}


def save(request: HttpRequest, fact: Fact, reason: str) -> None:
    """Save a checked and changed fact, with the reason in its history."""
    today = timezone.localdate()
    fact.checked_on, fact.check_again_on = today, next_check_of(fact, today)
    fact.checked_by_id = request.user.pk
    fact._change_reason = reason  # type: ignore[attr-defined] # noqa: SLF001 (simple-history's way)
    fact.save()


def publish_note(fact: Fact, form: forms.ModelForm) -> None:
    """Publish what changed, on the pages that show the fact."""
    texts = {f"text_{side}": form.cleaned_data[f"note_{side}"] for side in COLUMNS.values()}
    Change.objects.announce(
        texts,
        carrier=fact.procedure.carrier if fact.procedure else fact.carrier,
        procedure=fact.procedure,
        topic=fact.topic,
        service=fact.service,
    )


# ---- pages -------------------------------------------------------------------------------------


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Lead to the first fact of the queue, or say that there is none."""
    require_editor(request)
    if following := next_after(None):
        return redirect("admin:check_fact", following.pk)
    context = {"title": _("Check facts")}
    return TemplateResponse(request, "admin/check/done.html", frame(request) | context)


@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one fact beside its source; POST takes the answer and leads to the next."""
    require_editor(request)
    fact = get_object_or_404(with_names(), pk=pk)
    if request.method != "POST":
        return show(request, fact)
    if request.POST.get("seen") != str(last_version(fact)):
        messages.warning(request, _("Somebody has changed this fact meanwhile. Look at it again."))
        return redirect("admin:check_fact", pk)
    place = Fact(pk=fact.pk, check_again_on=fact.check_again_on)
    with transaction.atomic():
        form = take(request, fact)
    if form:
        return show(request, with_names().get(pk=pk), {form.prefix: form})
    messages.success(request, _("Checked: %(name)s") % {"name": fact})
    return go_on(place)


def take(request: HttpRequest, fact: Fact) -> forms.ModelForm | None:
    """Do what the pressed button says; 400 for a button that is not there."""
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer is None:
        message = "no such answer"
        raise BadRequest(message)
    return answer(request, fact)


def with_names() -> FactQuerySet:
    """Return the facts with all that the page shows of each."""
    owners = ("carrier", "procedure__carrier", "topic", "service")
    return Fact.objects.select_related(*owners, "source", "other_source", "checked_by")


def show(request: HttpRequest, fact: Fact, forms_: dict[Any, Any] | None = None) -> HttpResponse:
    """Answer with one fact's page; forms with errors stand open."""
    given = forms_ or {}
    context = {
        "title": _("Check facts"),
        "subtitle": str(fact),
        "fact": fact,
        "seen": last_version(fact),
        "left": queue().count(),
        "following": next_after(fact),
        "changed": given.get("changed") or ChangedForm(instance=fact, prefix="changed"),
        "gone": given.get("gone") or GoneForm(instance=fact, prefix="gone"),
        "sources": [source for source in (fact.source, fact.other_source) if source],
        "past": past_checks(fact),
    }
    return TemplateResponse(request, "admin/check/fact.html", frame(request) | context)


def last_version(fact: Fact) -> int:
    """Return the number of the fact's newest version; 0 without any."""
    newest = fact.history.order_by("-history_id").values_list("history_id", flat=True)
    return newest.first() or 0


def past_checks(fact: Fact) -> list[dict[str, Any]]:
    """Return the last checks, newest first: the day, by whom, and what the fact then said."""
    versions = fact.history.exclude(checked_on=None).annotate(by=F("checked_by__username"))
    found: dict[Any, dict[str, Any]] = {}
    for version in versions.order_by("-history_id"):
        found.setdefault(
            version.checked_on,
            {"day": version.checked_on, "by": version.by, "state": version.get_state_display()},
        )
    return list(found.values())[:PAST_CHECKS]


def frame(request: HttpRequest) -> dict[str, Any]:
    return admin.site.each_context(request)


def require_editor(request: HttpRequest) -> None:
    """Raise PermissionDenied (403) for who may not change facts and note the change."""
    user: Any = request.user
    if not user.has_perms(("esimguide.change_fact", "esimguide.add_change")):
        raise PermissionDenied
