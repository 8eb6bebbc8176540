"""A yes or no in a cell of a table, as people and their spreadsheets write it."""

import unicodedata
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

YES = {"true", "yes", "1", "是"}
NO = {"false", "no", "0", "否"}


def read_yes_no(text: str) -> bool | None:
    """Return what ``text`` says, or None when it says neither."""
    word = unicodedata.normalize("NFKC", text).strip().lower()
    return word in YES if word in YES | NO else None


class YesNoField(forms.Field):
    """A cell that says yes or no. Django's own field takes every word but "False" for a yes."""

    widget = forms.TextInput

    @override
    def to_python(self, value: Any) -> bool:
        """Return what the cell says; ValidationError for an empty one, too."""
        said = read_yes_no(str(value or ""))
        if said is None:
            message = _("“%(text)s” is neither yes nor no; write true or false.")
            raise ValidationError(message % {"text": str(value or "")[:40]})
        return said
