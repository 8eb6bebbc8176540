"""Carrier: an operator or sub-brand. Channel: one way to reach it."""

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated, active_language, in_both
from esimguide.models.bilingual import Bilingual, always_complete, phrase, prose
from esimguide.models.checked import SAYS, Checked, evidence
from esimguide.models.fields import ContactField, NormalizedCharField
from esimguide.models.place import Placed
from esimguide.models.plan_type import PlanType
from esimguide.models.publishable import (
    Publishable,
    PublishableQuerySet,
    Status,
    published_complete,
)
from esimguide.models.situation import Capability
from esimguide.models.slugged import Slugged
from esimguide.text.contact import Contact, ContactKind, read_contact

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class CarrierQuerySet(PublishableQuerySet["Carrier"]):
    def with_host(self) -> Self:
        return self.select_related("host")

    def for_comparison(self) -> Self:
        evidence = ("facts__source", "facts__other_source", "channels__source")
        return self.prefetch_related("channels", "procedures", "facts", *evidence)


class Carrier(Slugged, Publishable):
    """A mobile operator or one of its brands, under the name that readers know."""

    class Kind(models.TextChoices):
        """Who runs the network under this name."""

        NETWORK = "network", _("network operator")
        SUB_BRAND = "sub-brand", _("sub-brand")
        VIRTUAL = "virtual", _("virtual operator")
        UNSTATED = "unstated", _("kind not confirmed")

    name_zh_hant = phrase(_("name"))
    name_zh_hans = phrase(_("name"), blank=True)
    name = Translated()
    legal_name_zh_hant = phrase(_("legal name"), blank=True)
    legal_name_zh_hans = phrase(_("legal name"), blank=True)
    legal_name = Translated()
    name_en = NormalizedCharField(_("English name"), max_length=200, blank=True)
    summary_zh_hant = prose(_("what to know first"), blank=True)
    summary_zh_hans = prose(_("what to know first"), blank=True)
    summary = Translated()
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    host = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="brands",
        verbose_name=_("host network"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    history = HistoricalRecords()

    objects = CarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ("position", "slug")
        constraints = [
            published_complete("name", optional=("legal_name", "summary")),
            models.CheckConstraint(
                condition=Q(host__isnull=True) | ~Q(host=F("id")), name="carrier_hosts_another"
            ),
        ]

    def __str__(self) -> str:
        return self.called("name")

    def get_absolute_url(self) -> str:
        return reverse("carrier_detail", args=[self.slug])


class ChannelQuerySet(models.QuerySet["Channel"]):
    def get_by_natural_key(self, carrier: str, slug: str) -> "Channel":
        return self.get(carrier__slug=carrier, slug=slug)

    def loss_lines(self) -> Self:
        published = self.filter(is_loss_line=True, carrier__status=Status.PUBLISHED)
        return published.select_related("carrier", "source").order_by(
            "carrier__position", "position"
        )

    def shown(self) -> Self:
        return self.filter(carrier__status=Status.PUBLISHED)

    def with_evidence(self) -> Self:
        return self.select_related("source").prefetch_related("needs")


class Channel(Checked, Placed, Bilingual):
    """One way to reach a carrier: a telephone number, an address on the web, a shop."""

    class Kind(models.TextChoices):
        """How the carrier is reached; a procedure is done by one of these."""

        HOTLINE = "hotline", _("hotline")
        CHAT = "chat", _("live chat")
        WHATSAPP = "whatsapp", "WhatsApp"
        APP = "app", _("app")
        WEBSITE = "website", _("website")
        EMAIL = "email", _("e-mail")
        SHOP = "shop", _("shop")
        POST = "post", _("post")

    carrier = models.ForeignKey(
        Carrier, models.CASCADE, related_name="channels", verbose_name=_("carrier")
    )
    slug = models.SlugField(_("slug"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    label_zh_hant = phrase(_("label"))
    label_zh_hans = phrase(_("label"))
    label = Translated()
    value = ContactField(
        _("number or address"),
        max_length=300,
        blank=True,
        help_text=_("Eight digits, a short code, an https address or an e-mail address."),
    )
    detail_zh_hant = phrase(_("street address or remark"), blank=True)
    detail_zh_hans = phrase(_("street address or remark"), blank=True)
    detail = Translated()
    hours_zh_hant = phrase(_("hours"), blank=True)
    hours_zh_hans = phrase(_("hours"), blank=True)
    hours = Translated()
    line = models.CharField(_("line type"), max_length=8, choices=PlanType, default=PlanType.ANY)
    is_loss_line = models.BooleanField(_("takes loss reports"), default=False)
    needs = models.ManyToManyField(Capability, blank=True, verbose_name=_("needs"))
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    confirmations = 0  # by readers of late; counted by Report.objects.confirming()

    history = HistoricalRecords(m2m_fields=[needs])

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ("carrier_id", "position", "slug")
        constraints = [
            always_complete("label", optional=("detail", "hours")),
            evidence(),
            models.UniqueConstraint(fields=("carrier", "slug"), name="channel_slug_once_a_carrier"),
            models.CheckConstraint(
                # Without a colon there is no scheme, such as javascript:, to be followed.
                condition=Q(value__startswith="https://")
                | Q(value__startswith="http://")
                | ~Q(value__contains=":"),
                name="channel_leads_nowhere_odd",
                violation_error_message=_("An address starts with https://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}".strip()

    def natural_key(self) -> tuple[str, str]:
        return (self.carrier.slug, self.slug)

    natural_key.dependencies = ["esimguide.carrier"]  # type: ignore[attr-defined]

    @property
    def statement(self) -> str:
        """What a reader confirms or contradicts, in the active language."""
        what = f"{self.carrier.name} {self.label}{SAYS}{self.display_value} {self.detail}"
        return what.strip()

    @property
    def statements(self) -> set[str]:
        return set(in_both(lambda: self.statement))

    def clean(self) -> None:
        """Raise ValidationError, too, when the value is not what this kind of channel has."""
        super().clean()
        if not self.value:
            return
        fitting, words = FITTING.get(self.kind, ANY_CONTACT)
        found = self.contact
        if found is None or found.kind not in fitting:
            raise ValidationError({"value": words})

    @property
    def contact(self) -> Contact | None:
        """What the value is; None where there is none, or where older text is no contact."""
        return read_contact(self.value)

    @property
    def is_phone(self) -> bool:
        return self.contact is not None and self.contact.is_dialled

    @property
    def href(self) -> str:
        return self.contact.href if self.contact else ""

    @property
    def display_value(self) -> str:
        """The number as each side dials it (+852 for mainland readers), or the text as it is."""
        return self.contact.shown_in(active_language()) if self.contact else self.value


# What the value of a channel has to be, and what to say when it is not.
ANY_CONTACT = (
    set(ContactKind),
    _(
        "This is no telephone number, web address or e-mail address. Other words belong in the"
        " remark."
    ),
)
FITTING: dict[str, tuple[set[ContactKind], "StrPromise"]] = {
    Channel.Kind.HOTLINE: (
        {ContactKind.PHONE, ContactKind.CODE},
        _(
            "This is no telephone number that exists. A number outside Hong Kong begins with its"
            " country code, such as +853; an extension belongs in the remark."
        ),
    ),
    Channel.Kind.EMAIL: ({ContactKind.MAIL}, _("This is no e-mail address.")),
    Channel.Kind.WEBSITE: ({ContactKind.WEB}, _("This is no web address.")),
}
