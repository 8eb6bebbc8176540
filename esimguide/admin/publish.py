"""From draft to readers: which moves are allowed, who may make them, and what must be right."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from esimguide.admin.conflicts import held_form
from esimguide.editorial.text_checks import problems
from esimguide.i18n import TRADITIONAL, language_of
from esimguide.models import Redirect, Status, Term
from esimguide.models.publishable import MOVES, READABLE, Publishable

PUBLISH = "esimguide.publish_procedure"


class GuideForm(forms.ModelForm):
    """A record's form. It is not saved while it is held, nor against the rules of publishing."""

    request: ClassVar[HttpRequest]

    def is_valid(self) -> bool:
        return held_form(self.request) is None and super().is_valid()

    def clean(self) -> dict[str, Any]:
        """Return the values; mark a move that is not allowed, and wrong texts for readers."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        old, new = self._status_before(), values.get("status")
        if old and new and old != new:
            self.judge_move(Status(old), Status(new))
        if new == Status.PUBLISHED:
            is_new = self.instance.is_coming_out = old != new
            judge(self, values if is_new else self.changed_data, list(Term.objects.all()))
        return values

    def _status_before(self) -> str | None:
        """Return the stored status; an earlier version in the form may have had another."""
        if "status" not in self.fields:
            return None
        stored = type(self.instance).objects.filter(pk=self.instance.pk)
        return stored.values_list("status", flat=True).first() or Status.DRAFT

    def judge_move(self, old: Status, new: Status) -> None:
        """Mark the status if it cannot come after ``old``, or this editor may not set it."""
        if new not in MOVES[old]:
            sentence = _("What is “%(old)s” cannot become “%(new)s”.")
            self.add_error("status", sentence % {"old": old.label, "new": new.label})
        elif new in READABLE and not self.request.user.has_perm(PUBLISH):
            self.add_error(
                "status", _("Publishing and withdrawing need a permission of their own.")
            )


def judge(form: forms.BaseForm, columns: Iterable[str], terms: list[Term]) -> None:
    """Mark the texts among ``columns`` that readers should not meet like this."""
    for column in list(columns):
        language = language_of(column)
        if language and column in form.cleaned_data:
            for problem in problems(form.cleaned_data[column] or "", language, terms):
                if problem.is_error:
                    form.add_error(column, problem.words)


def judge_rows(formset: forms.BaseInlineFormSet) -> None:
    """Mark wrong texts in a published page's rows: all when it comes out, else the new ones."""
    is_coming_out = getattr(formset.instance, "is_coming_out", False)
    terms = list(Term.objects.all())
    for form in formset.forms:
        if form.instance.pk or form.has_changed():
            judge(form, form.cleaned_data if is_coming_out else form.changed_data, terms)


# ---- addresses ---------------------------------------------------------------------------------


def public_path(record: Any) -> str:  # noqa: ANN401 (a record with a page)
    """Return the address of a record's page without its language, such as ``topics/esim/``."""
    with override(TRADITIONAL):
        return str(record.get_absolute_url()).removeprefix(f"/{TRADITIONAL}/")


def has_own_page(record: Any) -> bool:  # noqa: ANN401 (any record)
    """Tell whether ``record`` stands on a page of its own, and not at a place on another's."""
    is_shown = isinstance(record, Publishable) and hasattr(record, "get_absolute_url")
    return is_shown and "#" not in public_path(record)


@contextmanager
def keep_old_address(form: GuideForm) -> Iterator[None]:
    """Remember where a page stood that readers have known, if saving moves it."""
    record: Any = form.instance
    before = (
        type(record).objects.filter(pk=record.pk, status__in=READABLE).first()
        if has_own_page(record)
        else None
    )
    old = before and public_path(before)
    yield
    if old and (new := public_path(record)) != old:
        Redirect.record(old, new)
