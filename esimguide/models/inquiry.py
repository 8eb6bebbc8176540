"""Inquiry: a question that a reader sends, and the answer on a page only they can find."""

import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from esimguide.models.carrier import Carrier
from esimguide.models.message import KEEP_ADDRESS, Folder, Message, MessageQuerySet
from esimguide.models.place import Place
from esimguide.models.procedure import Procedure
from esimguide.models.question import Question
from esimguide.models.situation import Situation


def new_key() -> str:
    """Return an address part that nobody can guess (128 bits)."""
    return secrets.token_urlsafe(16)


class InquiryQuerySet(MessageQuerySet["Inquiry"]):
    def to_mail(self) -> Self:
        own = Q(answered_at__isnull=False) | Q(same_as__answered_at__isnull=False)
        answered = self.filter(own).exclude(address="").exclude(folder=Folder.SPAM)
        return answered.select_related("same_as")

    def for_notes(self) -> Self:
        replies = ("question", "same_as__question")
        return self.select_related("carrier", "situation", "procedure", *replies)

    def forget(self) -> int:
        """Also blank the addresses of questions that nobody has answered for too long."""
        self.before(KEEP_ADDRESS).exclude(address="").update(address="")
        return super().forget()


class Inquiry(Message):
    """A reader's question. ``address`` is used once, for the answer, and then blanked."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    text = models.TextField(_("Your question"), max_length=2000)
    carrier = models.ForeignKey(
        Carrier, models.SET_NULL, null=True, blank=True, verbose_name=_("carrier")
    )
    situation = models.ForeignKey(
        Situation, models.SET_NULL, null=True, blank=True, verbose_name=_("What happened")
    )
    procedure = models.ForeignKey(
        Procedure, models.SET_NULL, null=True, blank=True, verbose_name=_("procedure")
    )
    place = models.CharField(_("Where you are"), max_length=9, choices=Place, blank=True)
    address = models.EmailField(_("E-mail address for the answer"), blank=True)
    answer = models.TextField(_("Answer"), max_length=20_000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    question = models.ForeignKey(
        Question,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("became the question"),
    )

    objects = InquiryQuerySet.as_manager()

    class Meta(Message.Meta):
        verbose_name = _("reader's question")
        verbose_name_plural = _("readers' questions")
        constraints = [
            *Message.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""),
                name="inquiry_answered_has_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def reply(self) -> "Inquiry":
        """The question whose answer the reader gets: this one, or its first duplicate."""
        first: Any = self.same_as
        return first if first and self.answered_at is None else self

    def get_absolute_url(self) -> str:
        return reverse("inquiry_detail", args=[self.key])
