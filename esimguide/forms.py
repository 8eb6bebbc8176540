"""Every query string and form a visitor sends passes here.

Out of a query come typed values, or BadRequest for nonsense. Out of a form comes a record, or words
beside the field in the reader's language, with all that was typed still there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, override
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from esimguide import spam
from esimguide.comparison import Order
from esimguide.i18n import active_language
from esimguide.models import (
    Capability,
    Carrier,
    Device,
    Folder,
    Inquiry,
    Line,
    Place,
    Procedure,
    Received,
    Region,
    Report,
    Situation,
    Vote,
)
from esimguide.spam import Refusal

UNKNOWN = "unknown"  # "I do not know" is an answer, so that the next question can follow
MAX_WORDS = 40
MAX_TYPED = 100
QUESTIONS = ("carrier", "situation", "place")


def step_number(query: Mapping[str, str]) -> int | None:
    """Return the step a reader asks for (1, 2, …), or None for all steps at once.

    Raises BadRequest when ``step`` is there and is not a whole number from 1 to 999.
    """
    raw = query.get("step")
    if raw is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,2}", raw):
        message = "step is a whole number from 1"
        raise BadRequest(message)
    return int(raw)


def words(query: Mapping[str, str]) -> str:
    """Return what a reader typed into a filter box: at most 40 characters, controls dropped."""
    typed = "".join(c for c in query.get("q", "") if c.isprintable())
    return typed.strip()[:MAX_WORDS]


def typed(query: Mapping[str, str]) -> tuple[str, bool]:
    """Return what a reader wants to find, and whether it was cut to 100 characters."""
    words = "".join(c if c.isprintable() else " " for c in query.get("q", "")).strip()
    return words[:MAX_TYPED].strip(), len(words) > MAX_TYPED


def region(query: Mapping[str, str]) -> Region | None:
    """Return where a reader says the device was sold; None for no or an unknown answer."""
    asked_for = query.get("region", "")
    return Region(asked_for) if asked_for in Region and asked_for != Region.ANY else None


@dataclass(frozen=True)
class Choices:
    """What can be answered, by slug."""

    carriers: dict[str, Carrier]
    situations: dict[str, Situation]
    capabilities: dict[str, Capability]
    devices: dict[str, Device] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=lambda: {p.value: p for p in Place})
    lines: dict[str, Line] = field(
        default_factory=lambda: {x.value: x for x in Line if x != Line.ANY}
    )


@dataclass(frozen=True)
class Asked:
    """One reader's answers; ``given`` also holds the "I do not know" ones, by question."""

    given: dict[str, str]
    have: tuple[str, ...]
    carrier: Carrier | None
    situation: Situation | None
    place: Place | None
    line: Line
    device: Device | None

    @property
    def query(self) -> str:
        """The canonical query string: names and values sorted, nothing twice."""
        return self.with_answer("", "")

    @property
    def open_question(self) -> str:
        """The first of the three questions that has no answer yet, or nothing."""
        return next((name for name in QUESTIONS if name not in self.given), "")

    def with_answer(self, name: str, value: str) -> str:
        """Return the query string with one answer set, the others kept; an empty value drops it."""
        given = {k: v for k, v in self.given.items() if k != name}
        pairs = [*given.items(), *(("have", slug) for slug in self.have)]
        return urlencode(sorted([*pairs, (name, value)] if value else pairs))


def asked(query: MultiValueDict[str, str], choices: Choices) -> Asked:
    """Return the answers in ``query``: the last of a repeated one, known values only."""
    allowed = {
        "carrier": choices.carriers.keys() | {UNKNOWN},
        "situation": choices.situations.keys() | {UNKNOWN},
        "place": choices.places.keys() | {UNKNOWN},
        "line": choices.lines.keys(),
        "device": choices.devices.keys(),
    }
    last = {name: value for name in allowed for value in query.getlist(name)[-1:]}
    given = {name: value for name, value in last.items() if value in allowed[name]}
    return Asked(
        given=given,
        have=tuple(sorted(choices.capabilities.keys() & set(query.getlist("have")))),
        carrier=choices.carriers.get(given.get("carrier", "")),
        situation=choices.situations.get(given.get("situation", "")),
        place=choices.places.get(given.get("place", "")),
        line=choices.lines.get(given.get("line", ""), Line.ANY),
        device=choices.devices.get(given.get("device", "")),
    )


@dataclass(frozen=True)
class Compared:
    """Which carriers a reader compares, by slug, and in which order."""

    carriers: tuple[str, ...]
    order: Order

    @property
    def query(self) -> str:
        return self.ordered(self.order)

    def ordered(self, order: Order) -> str:
        pairs = [("carrier", slug) for slug in self.carriers]
        return urlencode([*pairs, ("sort", order)] if order != Order.GUIDE else pairs)


def compared(query: MultiValueDict[str, str], slugs: set[str]) -> Compared:
    """Return what is compared in ``query``: known carriers, each once, and a known order."""
    order = query.get("sort", "")
    return Compared(
        carriers=tuple(sorted(slugs & set(query.getlist("carrier")))),
        order=Order(order) if order in Order else Order.GUIDE,
    )


def vote(posted: Mapping[str, str], step_count: int) -> tuple[str, int]:
    """Return what a reader answered to "Did this help?" and the step they got stuck at, else 0.

    Raises BadRequest for another answer, and for a step that the procedure does not have.
    """
    answer, number = posted.get("answer", ""), posted.get("step", "0")
    is_stuck = answer == Vote.Answer.STUCK
    steps = {str(n) for n in range(1, step_count + 1)}
    if answer not in Vote.Answer or (is_stuck and number not in steps):
        message = "no such answer, or no such step"
        raise BadRequest(message)
    return answer, int(number) if is_stuck else 0


# ---- what readers write --------------------------------------------------------------------------

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
    """A form that a machine does not get through. ``text_field`` names the message itself."""

    text_field = ""
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # People do not see this box; what fills it in is a machine, and its message goes to the spam.
    homepage = forms.CharField(required=False, max_length=500)

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.posted_nonce = spam.nonce_of(self.data.get("token", "")) if self.is_bound else ""

    @property
    def next_token(self) -> str:
        """The token for the form that is shown now: the posted one for as long as it is good, so
        that who sent too fast waits only once, and two clicks still make one record.
        """
        posted = str(self.data.get("token", "")) if self.is_bound else ""
        is_good = spam.token_refusal(posted) in {None, Refusal.TOO_SOON}
        return posted if is_good else spam.new_token()

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
        error_messages = {
            "met_on": BAD_DAY,
            "fee": BAD_NUMBERS,
            "minutes": BAD_NUMBERS,
            "link": BAD_LINK,
        }

    @property
    def when_right(self) -> list[BoundField]:
        """The boxes of who met it as the guide says."""
        return [self[name] for name in ("fee", "minutes", "asked_for")]

    @property
    def when_wrong(self) -> list[BoundField]:
        """The boxes of who met something else, after the words themselves."""
        return [self[name] for name in ("met_on", "met_at", "link")]

    def clean(self) -> dict[str, Any]:
        """Return the values; a contradiction needs words."""
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
        """Return the values. The page a reader came from may be gone by now; the question stays."""
        values = super().clean()
        if self.errors.pop("procedure", None):
            values["procedure"] = None
        return values
