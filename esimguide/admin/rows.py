"""Rows inside their owner's form: shared choices, a limit, and an order that is typed."""

from collections.abc import Iterator
from typing import Any, override

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ManyToManyField, Max, Model
from django.db.models import Field as Column
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from esimguide.admin.bilingual import labels
from esimguide.admin.desk.note import confirm_texts
from esimguide.admin.fields import GuideOptions, ticks
from esimguide.admin.publish import judge_rows
from esimguide.models import Status


class GuideFormSet(forms.BaseInlineFormSet):
    """Rows of one owner, which another editor may have changed since the page was opened."""

    def clean(self) -> None:
        """Raise ValidationError when a row of this page is no longer there."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            message = _("Somebody has removed one of these rows meanwhile. Open the page again.")
            raise ValidationError(message)
        if getattr(self.instance, "status", None) == Status.PUBLISHED and not any(self.errors):
            judge_rows(self)

    @override
    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        confirm_texts(form, obj)
        return super().save_existing(form, obj, commit)


class GuideInline(GuideOptions, admin.StackedInline):
    """Rows with both languages side by side; one empty row waits at the end."""

    extra = 1
    formfield_overrides = {ManyToManyField: {"widget": ticks()}}
    formset = GuideFormSet
    max_num = 30  # all fields of a page must stay below DATA_UPLOAD_MAX_NUMBER_FIELDS

    def get_formset(
        self, request: HttpRequest, obj: Model | None = None, **kwargs: object
    ) -> type[forms.BaseInlineFormSet]:
        """Return the formset class; more than ``max_num`` rows are an error beside the rows."""
        limits: dict[str, object] = {"validate_max": True, "absolute_max": 2 * self.max_num}
        return super().get_formset(request, obj, labels=labels(self.model), **limits | kwargs)

    def formfield_for_dbfield(
        self, db_field: Column, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        """Return the field; its choices are fetched now, and its copies in all rows share them."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.is_relation and db_field.name not in self.autocomplete_fields:
            field.choices = list(field.choices)
        return field  # type: ignore[no-any-return]


class OrderedForm(forms.ModelForm):
    """A row with a box for its place: any number; 2.5 goes between 2 and 3."""

    order = forms.DecimalField(
        label=_("order"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        help_text=_("2.5 goes between 2 and 3; without a number, last. Saving counts anew."),
    )

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> object:
        if field_name == "order":
            return self.instance.position if self.instance.pk else None
        return super().get_initial_for_field(field, field_name)

    @property
    def place(self) -> tuple[float, float]:
        """What rows are sorted by: the number typed, then the place the row had."""
        old = self.instance.position if self.instance.pk else float("inf")
        typed = self.cleaned_data.get("order")
        return (old if typed is None else float(typed), old)


class OrderedFormSet(GuideFormSet):
    """Rows that are counted anew, from 1, each time they are saved.

    ``rows`` are those that will be left, in their new order. A row that another editor added
    meanwhile stands among them at its own place, though this page has no form for it.
    """

    rows: list[Any]

    def clean(self) -> None:
        """Work out the new order; a row that moves counts as changed."""
        super().clean()
        if any(self.errors):
            return
        forms_left = list(self._forms_left())
        known = {form.instance.pk for form in self.initial_forms}
        places = [(form.place, form.instance) for form in forms_left]
        places += [((r.position,) * 2, r) for r in self.get_queryset() if r.pk not in known]
        self.rows = [row for _place, row in sorted(places, key=lambda place: place[0])]
        for form in forms_left:
            if form.instance.pk and self._moves(form.instance) and not form.has_changed():
                form.changed_data.append("order")

    @override
    def save(self, commit: bool = True) -> list[Model]:
        """Save all rows, each at its number. Rows on the move make way first, so that two can
        change places without ever standing on the same number.
        """
        with transaction.atomic():
            moving = [row for row in self.rows if row.pk and self._moves(row)]
            self._make_way([*moving, *(form.instance for form in self.deleted_forms)])
            for number, row in enumerate(self.rows, start=1):
                row.position = number
            saved = super().save(commit)
            for row in moving:
                if row.pk not in {form.instance.pk for form in self.initial_forms}:
                    row.save()
        return saved

    def _forms_left(self) -> Iterator[Any]:
        for form in self.forms:
            is_row = form.instance.pk or form.has_changed()
            if is_row and not form.cleaned_data.get(DELETION_FIELD_NAME):
                yield form

    def _moves(self, row: Any) -> bool:  # noqa: ANN401 (Step or Requirement)
        position: int = row.position
        return self.rows.index(row) + 1 != position

    def _make_way(self, rows: list[Model]) -> None:
        mine = self.get_queryset().model.objects.filter(**{self.fk.name: self.instance})
        top = mine.aggregate(top=Max("position"))["top"] or 0
        beyond = F("position") + top + len(self.rows)
        mine.filter(pk__in=[row.pk for row in rows]).update(position=beyond)
