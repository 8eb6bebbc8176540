"""Readers' questions: read, answer, and make one a question of the guide."""

from typing import override

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from esimguide.admin.subjects.message import MessageAdmin
from esimguide.feedback.tasks import mail_answers_soon
from esimguide.i18n import COLUMNS
from esimguide.models import Folder, Inquiry, Question

WRITTEN = ("text", "carrier", "situation", "place")


@admin.register(Inquiry)
class InquiryAdmin(MessageAdmin):
    """A reader's question, and the answer to it. The address itself is never shown."""

    change_form_template = "admin/inquiry_form.html"
    fieldsets = (
        (None, {"fields": (*WRITTEN, ("received_at", "language"), "wants_mail")}),
        (
            _("Answer"),
            {
                "fields": ("answer", "answered_at", "procedure", "question"),
                "description": _("In the reader's language. Saving it shows it to the reader."),
            },
        ),
        (_("What becomes of it"), {"fields": ("folder", "same_as", "internal_note")}),
    )
    autocomplete_fields = ("procedure", "question", "same_as")
    readonly_fields = (*WRITTEN, "received_at", "language", "wants_mail", "answered_at")
    list_display = ("text", "carrier", "situation", "place", "received_at", "folder")
    search_fields = ("text", "answer")

    @admin.display(description=_("wants the answer by mail"), boolean=True)
    def wants_mail(self, inquiry: Inquiry) -> bool:
        return bool(inquiry.address)

    @override
    def save_model(self, request: HttpRequest, obj: Inquiry, form: ModelForm, change: bool) -> None:
        """Save; a first answer closes the question and goes out by mail."""
        is_first = bool(obj.answer) and obj.answered_at is None
        if is_first:
            obj.answered_at = timezone.now()
            obj.folder = Folder.DONE
        if not obj.answer:
            obj.answered_at = None
        super().save_model(request, obj, form, change)
        if is_first:
            mail_answers_soon()

    def follow_up(self) -> None:
        """Have mailed what waits: an answer reaches the readers of its copies too."""
        mail_answers_soon()

    def response_change(self, request: HttpRequest, obj: Inquiry) -> HttpResponse:
        """Go on; the button below the form makes the answer a question of the guide, as a draft."""
        if "_make_question" not in request.POST:
            return super().response_change(request, obj)
        if not obj.answer or not (obj.procedure_id or obj.carrier_id):
            text = gettext("Answer it first, and choose the procedure it belongs to.")
            self.message_user(request, text, messages.ERROR)
            return redirect(request.path)
        obj.question = obj.question or _as_question(obj)
        obj.save(update_fields=["question"])
        return redirect(reverse("admin:esimguide_question_change", args=[obj.question.pk]))


def _as_question(inquiry: Inquiry) -> Question:
    side = COLUMNS[inquiry.language]
    texts = {f"question_{side}": inquiry.text[:200], f"answer_{side}": inquiry.answer}
    return Question.objects.create(
        slug=f"asked-{inquiry.pk}", carrier=inquiry.carrier, procedure=inquiry.procedure, **texts
    )
