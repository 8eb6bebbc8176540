"""The forms in which readers send reports and questions."""

from typing import Any, override

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from esimguide.feedback import spam
from esimguide.feedback.spam import Refusal
from esimguide.i18n import active_language
from esimguide.models import Carrier, Folder, Inquiry, Message, Place, Procedure, Report, Situation

WORDS = {
    Refusal.NO_TOKEN: _(
        "This form did not come from this site. Check your text and send it again."
    ),
    Refusal.TOO_SOON: _("That was very fast. Wait a few seconds, then send it again."),
    Refusal.TOO_OLD: _("This page has been open for more than a day. Check it, and send it again."),
    Refusal.LINKS: _("At most two links, please. Take the others out."),
    Refusal.REPEATED: _("This text was sent already, within the last day. Once is enough."),
}


BAD_DAY = {"invalid": _("Write a day like 2026-11-25.")}
BAD_NUMBER = _("Write a number from 0, in digits.")
BAD_NUMBERS = {"invalid": BAD_NUMBER, "min_value": BAD_NUMBER}
BAD_LINK = {"invalid": _("Write the whole link. It begins with https:// or http://.")}
BAD_ADDRESS = {"invalid": _("Write an e-mail address like name@example.org, or leave this empty.")}
NO_QUESTION = {"required": _("Write your question.")}


class MessageForm(forms.ModelForm):
    """A form with spam checks. ``text_field`` names the field of the message itself."""

    text_field = ""
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # People do not see this field. A message that fills it in goes to the spam folder.
    homepage = forms.CharField(required=False, max_length=500)

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.posted_nonce = spam.nonce_of(self.data.get("token", "")) if self.is_bound else ""

    @property
    def next_token(self) -> str:
        """The token for the form shown now: the posted one while it is valid. So a reader who sent
        too fast waits only once, and two clicks make one record.
        """
        posted = str(self.data.get("token", "")) if self.is_bound else ""
        is_good = spam.token_refusal(posted) in {None, Refusal.TOO_SOON}
        return posted if is_good else spam.new_token()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        found = spam.token_refusal(values.get("token", "")) or self._text_refusal(values)
        if found:
            self.add_error(None, WORDS[found])
        self._fill_in(values)
        return values

    def _text_refusal(self, values: dict[str, Any]) -> Refusal | None:
        text = values.get(self.text_field, "")
        return spam.text_refusal(text, type(self.instance)) if text else None

    def _fill_in(self, values: dict[str, Any]) -> None:
        """Set what a reader does not type."""
        message: Message = self.instance
        message.language = active_language()
        message.nonce = self.posted_nonce
        message.digest = spam.message_digest(values.get(self.text_field, ""))
        message.folder = Folder.SPAM if values.get("homepage") else Folder.INBOX


class ReportForm(MessageForm):
    """A reader's report on one statement."""

    text_field = "saw"

    class Meta:
        model = Report
        fields = ("saw", "met_on", "met_at", "fee", "minutes", "asked_for", "link")
        widgets = {
            "saw": forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
            "met_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "fee": forms.NumberInput(attrs={"min": 0, "inputmode": "decimal"}),
            "minutes": forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
            "link": forms.URLInput(attrs={"inputmode": "url"}),
        }
        error_messages = {
            "met_on": BAD_DAY,
            "fee": BAD_NUMBERS,
            "minutes": BAD_NUMBERS,
            "link": BAD_LINK,
        }

    @property
    def when_right(self) -> list[BoundField]:
        """The fields for a reader who confirms the statement."""
        return [self[name] for name in ("fee", "minutes", "asked_for")]

    @property
    def when_wrong(self) -> list[BoundField]:
        """The fields for a reader who contradicts it, after ``saw``."""
        return [self[name] for name in ("met_on", "met_at", "link")]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        contradicts = self.instance.kind == Report.Kind.CONTRADICTS
        if contradicts and not values.get("saw", "?").strip():
            self.add_error("saw", _("Say what you saw instead."))
        return values


class InquiryForm(MessageForm):
    """A reader's question, with the situation they were reading about."""

    text_field = "text"
    carrier = forms.ModelChoiceField(
        Carrier.objects.published(),
        required=False,
        to_field_name="slug",
        empty_label=_("I do not know"),
        label=_("Operator"),
    )
    situation = forms.ModelChoiceField(
        Situation.objects.all(),
        required=False,
        to_field_name="slug",
        empty_label=_("I do not know"),
        label=_("What happened"),
    )
    procedure = forms.ModelChoiceField(
        Procedure.objects.published(), required=False, widget=forms.HiddenInput
    )
    place = forms.ChoiceField(
        choices=[("", _("I do not know")), *Place.choices], required=False, label=_("Where you are")
    )

    class Meta:
        model = Inquiry
        fields = ("text", "carrier", "situation", "procedure", "place", "address")
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}
        error_messages = {"text": NO_QUESTION, "address": BAD_ADDRESS}

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.SENDS_MAIL:
            del self.fields["address"]  # nobody should wait for mail that cannot come

    def clean(self) -> dict[str, Any]:
        """Drop a procedure that is gone by now, and keep the question."""
        values = super().clean()
        if self.errors.pop("procedure", None):
            values["procedure"] = None
        return values
