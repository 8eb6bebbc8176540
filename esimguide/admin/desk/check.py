"""The queue: fact after fact beside its source, each answered with still right, changed or gone."""

from typing import Any, override

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
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
from esimguide.admin.checked import mark
from esimguide.i18n import COLUMNS, HTML_TAGS, SIMPLIFIED, TRADITIONAL, language_of
from esimguide.models import Change, Fact, State
from esimguide.models.checked import SOON
from esimguide.models.fact import FactQuerySet

PAST_CHECKS = 5  # shown beside a fact

# ---- the queue ---------------------------------------------------------------------------------


def queue() -> FactQuerySet:
    due = Fact.objects.filter(check_again_on__lte=timezone.localdate() + SOON)
    return due.order_by("check_again_on", "pk")


def next_after(fact: Fact | None) -> Fact | None:
    """Return what follows ``fact`` in the queue, or its first when ``fact`` stands in none."""
    if fact is None or fact.check_again_on is None:
        return queue().first()
    later = Q(check_again_on__gt=fact.check_again_on)
    same_day = Q(check_again_on=fact.check_again_on, pk__gt=fact.pk)
    return queue().filter(later | same_day).first()


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


def required_note(language: str) -> forms.CharField:
    words = format_lazy("{}{}", gettext_lazy("public note"), MARKS[language])
    return forms.CharField(label=words, max_length=200)


class ChangedForm(AnswerForm):
    """The answer as the source gives it now, and a note of that for readers."""

    reason = gettext_lazy("The source says something else now.")
    note_zh_hant = required_note(TRADITIONAL)
    note_zh_hans = required_note(SIMPLIFIED)

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

    reason = gettext_lazy("The source no longer gives an answer.")

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

FORMS: dict[str, type[ChangedForm | GoneForm]] = {"changed": ChangedForm, "gone": GoneForm}


def take(request: HttpRequest, fact: Fact) -> forms.ModelForm | None:
    """Do what the pressed button says; return its form if that has errors, 400 without a form."""
    answer = request.POST.get("answer", "")
    if answer == "still" and fact.source_id:
        mark(fact, request)
        return None
    if answer not in FORMS:
        message = "no such answer, or no source to read again"
        raise BadRequest(message)
    form = FORMS[answer](request.POST, instance=fact, prefix=answer)
    if not form.is_valid():
        return form
    mark(fact, request, str(form.reason))
    if answer == "changed":
        publish_note(fact, form)
    return None


def publish_note(fact: Fact, form: forms.ModelForm) -> None:
    texts = {f"text_{side}": form.cleaned_data[f"note_{side}"] for side in COLUMNS.values()}
    Change.objects.announce(
        texts,
        carrier=fact.procedure.carrier if fact.procedure else fact.carrier,
        procedure=fact.procedure,
        topic=fact.topic,
        service=fact.service,
    )


# ---- pages -------------------------------------------------------------------------------------

editors_only = permission_required(
    ("esimguide.change_fact", "esimguide.add_change"), raise_exception=True
)


@require_safe
@editors_only
def first(request: HttpRequest) -> HttpResponse:
    if following := next_after(None):
        return redirect("admin:check_fact", following.pk)
    context = admin.site.each_context(request) | {"title": _("Check facts")}
    return TemplateResponse(request, "admin/check/done.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one fact beside its source; POST takes the answer and leads to the next."""
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
    following = next_after(place)
    return redirect("admin:check_fact", following.pk) if following else redirect("admin:check")


def with_names() -> FactQuerySet:
    owners = ("carrier", "procedure__carrier", "topic", "service")
    return Fact.objects.select_related(*owners, "source", "other_source", "checked_by")


def show(request: HttpRequest, fact: Fact, forms_: dict[Any, Any] | None = None) -> HttpResponse:
    """Answer with one fact's page; forms with errors stand open."""
    given = forms_ or {}
    context = admin.site.each_context(request) | {
        "title": _("Check facts"),
        "subtitle": str(fact),
        "fact": fact,
        "seen": last_version(fact),
        "left": queue().count(),
        "following": next_after(fact),
        **{n: given.get(n) or form(instance=fact, prefix=n) for n, form in FORMS.items()},
        "sources": [source for source in (fact.source, fact.other_source) if source],
        "past": past_checks(fact),
    }
    return TemplateResponse(request, "admin/check/fact.html", context)


def last_version(fact: Fact) -> int:
    """Return the number of the fact's newest version; 0 without any."""
    newest = fact.history.order_by("-history_id").values_list("history_id", flat=True)
    return newest.first() or 0


def past_checks(fact: Fact) -> list[dict[str, Any]]:
    """Return the last checks, newest first: the day, by whom, and what the fact then said."""
    versions = fact.history.exclude(checked_on=None).annotate(by=F("checked_by__username"))
    found: dict[Any, dict[str, Any]] = {}
    for version in versions.order_by("-history_id"):
        check = {"day": version.checked_on, "by": version.by, "state": version.get_state_display()}
        found.setdefault(version.checked_on, check)
    return list(found.values())[:PAST_CHECKS]
