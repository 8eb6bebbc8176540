"""Search words, and the searches without a hit from which editors learn them."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from esimguide.admin.base import GuideAdmin, ReadOnlyAdmin
from esimguide.models import Synonym, ZeroResultSearch


@admin.register(Synonym)
class SynonymAdmin(GuideAdmin):
    """A word that readers type, and the one thing it stands for."""

    fields = ("word", "carrier", "situation", "term", "means")
    autocomplete_fields = ("term",)
    list_display = ("word", "carrier", "situation", "term", "means")
    list_filter = ("carrier", "situation")
    list_select_related = ("carrier", "situation", "term")
    search_fields = ("word", "means")


@admin.register(ZeroResultSearch)
class ZeroResultSearchAdmin(ReadOnlyAdmin):
    """What readers sought in vain, by day; a typed word can be made a search word."""

    actions = ["add_as_synonym"]
    list_display = ("query", "day", "total")
    list_display_links = None
    list_filter = ("day",)
    list_per_page = 50
    search_fields = ("query",)

    @admin.action(description=_("Add as synonym"), permissions=["view"])
    def add_as_synonym(
        self, request: HttpRequest, queryset: QuerySet[ZeroResultSearch]
    ) -> HttpResponseRedirect | None:
        """Open the form of a new search word with the one query that was ticked."""
        words = set(queryset.values_list("query", flat=True))
        if len(words) != 1:
            self.message_user(request, _("Tick one search at a time."), messages.WARNING)
            return None
        query = urlencode({"word": words.pop()[:60]})
        return redirect(f"{reverse('admin:esimguide_synonym_add')}?{query}")
