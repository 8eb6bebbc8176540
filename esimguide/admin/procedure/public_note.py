"""The public note on a changed procedure: its two boxes, and its way to the list of changes."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from esimguide.admin.bilingual import MARKS, pair
from esimguide.i18n import COLUMNS, HTML_TAGS, SIMPLIFIED, TRADITIONAL
from esimguide.models import Change, Procedure

NOTES = pair("public_note")


def note_box(language: str) -> forms.CharField:
    words = format_lazy("{}{}", _("public change note"), MARKS[language])
    box = AdminTextInputWidget({"lang": HTML_TAGS[language]})
    return forms.CharField(label=words, max_length=200, required=False, widget=box)


class PublicNoteForm(forms.Form):
    """What readers are told about a change: in both languages, or nothing."""

    public_note_zh_hant = note_box(TRADITIONAL)
    public_note_zh_hans = note_box(SIMPLIFIED)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for name in one_sided(values):
            self.add_error(name, _("Fill in both languages."))
        return values


def one_sided(values: dict[str, Any]) -> list[str]:
    """Return the public note's empty box if the other one has text."""
    empty = [name for name in NOTES if not values.get(name)]
    return empty if len(empty) == 1 else []


def tell_readers(procedure: Procedure, values: dict[str, Any]) -> None:
    """Publish the public note as a change of today, if there is one."""
    if not values.get(NOTES[0]):
        return
    texts = {f"text_{side}": values[f"public_note_{side}"] for side in COLUMNS.values()}
    Change.objects.announce(texts, carrier=procedure.carrier, procedure=procedure)
