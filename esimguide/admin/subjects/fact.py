"""Facts: one answer to one question, with its evidence."""

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from esimguide.admin.bilingual import pair, shown
from esimguide.admin.checked import EVIDENCE, EVIDENCE_COLUMNS, CheckedAdmin, DueFilter
from esimguide.models import Fact

REPORTS_SHOWN = 10  # beside the fields, the newest first


@admin.register(Fact)
class FactAdmin(CheckedAdmin):
    """A fact of one carrier, procedure, topic or service."""

    autocomplete_fields = ("carrier", "procedure", "topic", "service", "source", "other_source")
    readonly_fields = (*CheckedAdmin.readonly_fields, "what_readers_say")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("carrier", "procedure"),
                    ("topic", "service"),
                    ("kind", "line"),
                    ("slug", "position"),
                ),
                "description": _("A fact belongs to one carrier, procedure, topic or service."),
            },
        ),
        (
            _("Question and answer"),
            {
                "fields": (
                    pair("label"),
                    pair("value"),
                    ("amount_min", "amount_max", "unit"),
                    "says_no",
                    pair("ask"),
                    "what_readers_say",
                ),
                "description": _(
                    "A confirmed fact needs its value; an unconfirmed one needs the sentence to ask"
                    " with, and no value."
                ),
            },
        ),
        EVIDENCE,
        (
            _("If sources disagree"),
            {
                "fields": (pair("other_value"), "other_source"),
                "description": _(
                    "“Conflicting” shows both values, each with its source; other states show one."
                ),
            },
        ),
    )
    shown_on = ("carrier", "procedure", "topic", "service")
    list_display = (
        *shown(Fact, "label"),
        *shown(Fact, "value"),
        "owner",
        "kind",
        *EVIDENCE_COLUMNS,
    )
    list_filter = ("state", DueFilter, "kind", "carrier", "line")
    list_select_related = ("carrier", "procedure__carrier", "topic", "service")
    search_fields = ("slug", *pair("label"), *pair("value"), *pair("ask"), *pair("carrier__name"))

    @admin.display(description=_("belongs to"))
    def owner(self, fact: Fact) -> Model:
        return self.get_owner(fact)

    @admin.display(description=_("what readers say"))
    def what_readers_say(self, fact: Fact) -> str:
        reports = fact.reports.counted()[:REPORTS_SHOWN] if fact.pk else ()
        lines = (
            (reverse("admin:esimguide_report_change", args=[r.pk]), r.received_at.date(), r.summary)
            for r in reports
        )
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a> {}', lines) or "-"
