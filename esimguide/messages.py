"""The forms in which readers write: a report on one statement, a question.

Bad input is told beside the field, in the reader's language, and what was typed stays.
"""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from esimguide import spam
from esimguide.i18n import active_language
from esimguide.models import Carrier, Folder, Inquiry, Received, Report
from esimguide.spam import Refusal

WORDS: dict[Refusal, Promise] = {
    Refusal.NO_TOKEN: _("This form did not come from this site. Check your text and send it again."),
    Refusal.TOO_SOON: _("That was very fast. Wait a few seconds, then send it again."),
    Refusal.TOO_OLD: _("This page has been open for more than a day. Check it, and send it again."),
    Refusal.LINKS: _("At most two links, please. Take the others out."),
    Refusal.REPEATED: _("This text was sent already, within the last day. Once is enough."),
}


class MessageForm(forms.ModelForm):
    """A form that a machine does not get through. ``text_field`` names the message itself."""

    text_field = ""
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # People do not see this box; what fills it in is a machine, and its message goes to the spam.
    homepage = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own shape)
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.posted_nonce = spam.nonce_of(self.data.get("token", "")) if self.is_bound else ""

    @property
    def fresh_token(self) -> str:
        """A token for the form that is shown now: a form that is shown again has a new one."""
        return spam.new_token()

    def clean(self) -> dict[str, Any]:
        """Return the values; say what makes the message look like a machine's."""
        values = super().clean() or self.cleaned_data
        found = spam.token_refusal(values.get("token", "")) or self._text_refusal(values)
        if found:
            self.add_error(None, WORDS[found])
        return values

    def _text_refusal(self, values: dict[str, Any]) -> Refusal | None:
        text = values.get(self.text_field, "")
        return spam.text_refusal(text, type(self.instance)) if text else None

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        message: Received = self.instance
        message.language = active_language()
        message.nonce = self.posted_nonce
        message.digest = spam.digest(self.cleaned_data.get(self.text_field, ""))
        message.folder = Folder.SPAM if self.cleaned_data.get("homepage") else Folder.INBOX


class ReportForm(MessageForm):
    """What a reader met instead of what a statement says, or just as it says."""

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

    class Meta:
        model = Inquiry
        fields = ("text", "carrier", "situation", "place", "address")
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own shape)
        super().__init__(*args, **kwargs)
        self.fields["situation"].to_field_name = "slug"
        self.fields["situation"].empty_label = _("I do not know")
        self.fields["place"].choices = [("", _("I do not know")), *self.fields["place"].choices[1:]]
