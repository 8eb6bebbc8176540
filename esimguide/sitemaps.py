"""The sitemap: each page in each language, with its alternate."""

from collections.abc import Iterable

from django.contrib.sitemaps import Sitemap
from django.db.models import Model
from django.urls import reverse

from esimguide.models import Carrier, Device, Procedure, Question, Service, Topic

LISTS = (
    "home",
    "first_ten_minutes",
    "carrier_list",
    "compare",
    "service_list",
    "device_list",
    "document_list",
    "misconception_list",
    "question_list",
    "topic_list",
    "term_list",
    "change_list",
    "about",
)


class GuideSitemap(Sitemap):
    """What all of the guide's sitemaps share: two languages, each page naming its other one."""

    i18n = True
    alternates = True
    x_default = True


class ListSitemap(GuideSitemap):
    """The pages that exist once."""

    def items(self) -> Iterable[str]:
        return LISTS

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(GuideSitemap):
    """The pages of carriers, procedures, topics, devices and services."""

    def items(self) -> Iterable[Model]:
        return [
            *Carrier.objects.published(),
            *Procedure.objects.published().select_related("carrier"),
            *Topic.objects.published(),
            *Device.objects.published(),
            *Service.objects.published(),
        ]


class ThemeSitemap(GuideSitemap):
    """The pages of questions, one a theme."""

    def items(self) -> Iterable[str]:
        published = Question.objects.published().order_by("theme")
        return published.values_list("theme", flat=True).distinct()

    def location(self, item: str) -> str:
        return reverse("question_theme", args=[item])


SITEMAPS = {"lists": ListSitemap, "records": RecordSitemap, "themes": ThemeSitemap}
