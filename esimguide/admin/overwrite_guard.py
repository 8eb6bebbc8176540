"""Two editors at one record that has no history: an account, a reader's message.

Nothing tells who came first, so each box carries what it held when the page was opened. (Records
with a history are watched by their versions: ``conflicts.py``.)
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field as Column
from django.forms import Field, ModelForm, model_to_dict
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class OverwriteGuardForm(ModelForm):
    """Tells the second of two editors what the first one saved, and saves nothing until they send
    it again.
    """

    data: Any  # of a bound form a QueryDict, of which a copy may be written in

    def clean(self) -> dict[str, Any]:
        """Return the values; add an error for each box that another has saved meanwhile."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        stored = (
            type(self.instance).objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        )
        carried = [name for name, field in self.fields.items() if field.show_hidden_initial]
        now = model_to_dict(stored, carried)
        overtaken = [name for name in carried if self._differs(name, now[name])]
        if overtaken:
            texts = (
                _("Somebody else has saved this meanwhile."),
                _("Saving again keeps what the form shows now."),
            )
            self.add_error(None, [ValidationError(text) for text in texts])
            self.data = self.data.copy()
        for name in overtaken:
            self._hold(name, stored, now[name])
        return values

    def _differs(self, name: str, now: object) -> bool:
        """Tell whether what is stored is not what the box held at first."""
        field = self.fields[name]
        box = field.hidden_widget()
        seen = box.value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        if isinstance(seen, str):
            seen = seen.replace("\r\n", "\n")
        return bool(field.has_changed(now, seen))

    def _hold(self, name: str, stored: Any, now: Any) -> None:  # noqa: ANN401 (any record, any value)
        """Show beside a box what another saved; take it over if this editor changed nothing."""
        if name not in self.changed_data:
            self.data.setlist(self.add_prefix(name), _sent(now))
        self.data.setlist(self.add_initial_prefix(name), _sent(now))
        theirs = self._words(name, stored, now) or "–"
        self.add_error(name, format_lazy("{} {}", _("theirs, saved:"), theirs))

    def _words(self, name: str, stored: Any, now: Any) -> str:  # noqa: ANN401 (any record, any value)
        if isinstance(now, bool):
            return str(_("Yes") if now else _("No"))
        if isinstance(now, list):
            field: Any = self.fields[name]
            return "、".join(field.label_from_instance(linked) for linked in now)
        shown = getattr(stored, f"get_{name}_display", lambda: getattr(stored, name))()
        return "" if shown is None else str(shown)


def _sent(value: Any) -> list[str]:  # noqa: ANN401 (any field's value)
    """Return what a box sends for ``value``."""
    if isinstance(value, list):
        return [str(linked.pk) for linked in value]
    return [] if value is None else [str(value)]


class CarryInitial:
    """For the pages of such records: their boxes carry what they held."""

    def formfield_for_dbfield(
        self, db_field: Column, request: HttpRequest, **kwargs: object
    ) -> Field | None:
        parent: Any = super()
        field: Field | None = parent.formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.show_hidden_initial = True
        return field
