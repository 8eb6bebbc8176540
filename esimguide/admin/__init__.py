"""The editors' side: Django's own admin, one file a subject, both languages side by side."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from esimguide.admin import (
    alias,
    carrier,
    change,
    device,
    document,
    fact,
    inquiry,
    misconception,
    moved,
    procedure,
    question,
    report,
    service,
    situation,
    source,
    step,
    term,
    topic,
    user,
    vote,
)

__all__ = [
    "alias",
    "carrier",
    "change",
    "device",
    "document",
    "fact",
    "inquiry",
    "misconception",
    "moved",
    "procedure",
    "question",
    "report",
    "service",
    "situation",
    "source",
    "step",
    "term",
    "topic",
    "user",
    "vote",
]

# Words of Django's own that its catalogues lack; ours answer for them.
DJANGOS_WORDS = (_("- Select an option -"),)

admin.site.site_header = _("Hong Kong eSIM guide: editing")
admin.site.site_title = _("Hong Kong eSIM guide: editing")
admin.site.enable_nav_sidebar = False  # the row of subjects under the header is always there
admin.site.index_title = _("Contents")
