"""Old addresses: where readers are led who still hold one."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(GuideAdmin):
    """One old address; a changed slug leaves it by itself."""

    fields = ("old", "new")
    list_display = ("old", "new")
    search_fields = ("old", "new")
