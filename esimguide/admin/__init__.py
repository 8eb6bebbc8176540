"""The editors' side: Django's own admin, one file a subject, both languages side by side."""
# ruff: noqa: F401 (what is imported registers its pages)

import django_tasks_db.admin  # registered first, to be taken away below
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from esimguide.admin.auth import user
from esimguide.admin.procedure import admin as procedure
from esimguide.admin.procedure import steps
from esimguide.admin.subjects import (
    carrier,
    change,
    device,
    document,
    fact,
    inquiry,
    misconception,
    question,
    redirect,
    report,
    service,
    situation,
    source,
    synonym,
    term,
    topic,
    vote,
)

# Words of Django's own that its catalogues lack, or say in Taiwan's way; ours answer for them.
DJANGOS_WORDS = (
    *(
        _("- Select an option -"),
        _("Add %s"),
        _("Change %s"),
        _("View %s"),
        _("Select %s to change"),
    ),
    *(_("Select %s to view"), _("Add %(name)s"), _("Add another %(verbose_name)s")),
    *(_(" By %(filter_title)s "), _("Change history: %s"), _("0 of %(cnt)s selected")),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("You may edit it again below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    *(_("Successfully deleted %(count)d %(items)s."), _("Your password was changed.")),
    *(_("Filter by %(field_name)s"), _("Cannot delete %(name)s"), _("Logout"), _(":")),
    _("Thanks for spending some quality time with the web site today."),
)

# Its page speaks English alone. What waits to be mailed stands in the messages, what failed in the
# log.
admin.site.unregister(DBTaskResult)
admin.site.site_header = _("Hong Kong eSIM guide: editing")
admin.site.site_title = _("Hong Kong eSIM guide: editing")
admin.site.enable_nav_sidebar = False  # the row of subjects under the header is always there
admin.site.index_title = _("Desk")
