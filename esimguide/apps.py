"""The one app of the project, the project package itself, and the editors' admin."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from esimguide.ops.migration_check import partly_migrated

# Sign-in keeps its own records; commands look after them (docs/editing.md).
WITHOUT_PAGES = ("axes", "otp_static", "otp_totp")


class GuideConfig(AppConfig):
    """Names the app for Django and for the admin."""

    name = "esimguide"
    verbose_name = _("Hong Kong eSIM guide")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what waits for the models: triggers for the end of each migration, the search index
        for saved records. ``migrate`` refuses a database that it cannot take up.
        """
        for module in ("models.triggers", "search.index"):
            import_module(f"esimguide.{module}")
        register(partly_migrated, Tags.database)


class DeskConfig(AdminConfig):
    """Django's admin with a site of ours: a second factor at the door, the desk behind it."""

    default_site = "esimguide.admin.auth.site.guide_site"
    default = False

    def ready(self) -> None:
        """Find all admin modules; take away the pages that the sign-in packages bring."""
        super().ready()
        for label in WITHOUT_PAGES:
            admin.site.unregister(list(filter(admin.site.is_registered, models_of(label))))


def models_of(label: str) -> list[type]:
    return list(apps.get_app_config(label).get_models())
