"""manage.py load_roles: give the shipped groups what they have not been given so far."""

from typing import override

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from esimguide.models import GrantedPermission, Role
from esimguide.models.role import PERMISSIONS


def known_permissions() -> dict[str, Permission]:
    every = Permission.objects.select_related("content_type")
    return {f"{p.content_type.app_label}.{p.codename}": p for p in every}


def hand_out(role: Role, known: dict[str, Permission]) -> int:
    """Give one role what it was never given before; return how much that was."""
    given = set(GrantedPermission.objects.filter(role=role).values_list("permission", flat=True))
    new = sorted(PERMISSIONS[role] - given)
    if new:
        group, _is_new = Group.objects.get_or_create(name=role.value)
        group.permissions.add(*(known[name] for name in new))
        GrantedPermission.objects.bulk_create(
            GrantedPermission(role=role, permission=name) for name in new
        )
    return len(new)


class Command(BaseCommand):
    """Makes the four groups. What an administrator took from one, or a group they deleted, is
    not brought back; what a later version of the guide adds is.
    """

    help = "Make the groups writer, reviewer, publisher and administrator; undoes no change."

    @override
    def handle(self, *args: object, **options: object) -> None:
        with transaction.atomic():
            known = known_permissions()
            count = sum(hand_out(role, known) for role in Role)
        self.stdout.write(f"roles: {count} permissions handed out")
