"""Accounts: editors and their roles. Nobody makes themselves or others more than they are."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, Model
from django.http import HttpRequest

from esimguide.admin.fields import KeysField, ticks
from esimguide.admin.overwrite_guard import CarryInitial, OverwriteGuardForm
from esimguide.models import Role


class RolesField(KeysField):
    """The groups, the shipped ones under their translated names."""

    def label_from_instance(self, obj: Model) -> str:
        name = str(obj)
        return str(Role(name).label) if name in Role else name


class AccountForm(OverwriteGuardForm, UserChangeForm):
    """Django's own, of which the second of two administrators overwrites nothing unseen."""


admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(CarryInitial, UserAdmin):
    """An editor's account. Only a superuser makes superusers, or touches one.

    Rights come from roles alone (docs/roles.md), so single permissions are not offered.
    """

    form = AccountForm
    exclude = ("user_permissions",)
    filter_horizontal = ()  # roles are few: boxes to tick

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        beyond = () if self._is_super(request) else ("is_superuser",)
        return (*fields, *beyond, "last_login", "date_joined")

    @override
    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        return [
            (title, {**shown, "fields": [f for f in shown["fields"] if f not in self.exclude]})
            for title, shown in super().get_fieldsets(request, obj)
        ]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.related_model is Group:
            kwargs |= {"form_class": RolesField, "widget": ticks()}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or not obj.is_superuser or self._is_super(request)

    def _is_super(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_superuser)
