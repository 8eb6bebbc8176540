"""manage.py reset_second_factor NAME: let an editor who lost phone and codes set up anew."""

from typing import override

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice


class Command(BaseCommand):
    help = "Forget an editor's second factor; they set it up anew at the next sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    @override
    def handle(self, *args: object, username: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"nobody is called {username}")
        with transaction.atomic():
            for model in (TOTPDevice, StaticDevice):
                model.objects.filter(user=user).delete()
        self.stdout.write(f"{username}: sets up a second factor at the next sign-in")
