"""The second factor: a code from the editor's phone, its first set-up, and recovery codes."""

import base64
from typing import Any, override
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods
from django_otp import login, user_has_device
from django_otp.forms import OTPAuthenticationFormMixin
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 8  # made at a time; each opens the door once
CODE_LENGTH = 16  # characters; the longest that django-otp keeps

ask_or_take = require_http_methods(["GET", "HEAD", "POST"])

# ---- forms -------------------------------------------------------------------------------------


class CodeForm(OTPAuthenticationFormMixin, forms.Form):  # type: ignore[misc]
    """One box: six digits are the phone's code, anything else a recovery code.

    ``user`` has given the password; ``device`` is asked instead of the user's confirmed ones.
    """

    otp_token = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )
    otp_error_messages = OTPAuthenticationFormMixin.otp_error_messages | {
        "invalid_token": gettext_lazy("This code is not right, or has been used already."),
        "device_required": gettext_lazy("This code is not right, or has been used already."),
        "verification_not_allowed": gettext_lazy("Wait a moment, then try again."),
        "n_failed_attempts": gettext_lazy(
            "Wrong codes so far: %(failure_count)d. Wait a moment, then try again."
        ),
    }

    @override
    def __init__(
        self, user: User, *args: Any, device: TOTPDevice | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.device = user, device

    def clean_otp_token(self) -> str:
        """Return the code without the spaces that some apps show in it."""
        return "".join(str(self.cleaned_data["otp_token"]).lower().split())

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError unless the code fits; ``device`` is then what it fitted."""
        token = self.cleaned_data.get("otp_token")
        if token:
            device = self.device or self._device_for(token)
            self.cleaned_data["otp_device"] = device.persistent_id if device else None
            self.clean_otp(self.user)
            self.cleaned_data["device"] = getattr(self.user, "otp_device", None)
        return self.cleaned_data

    def _device_for(self, token: str) -> Any:  # noqa: ANN401 (either kind of device)
        kind = TOTPDevice if token.isdigit() else StaticDevice
        return kind.objects.filter(user=self.user, confirmed=True).first()


# ---- what others ask ---------------------------------------------------------------------------


def is_verified(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.is_authenticated and user.is_verified())


def code_address(request: HttpRequest) -> str:
    """Return where the second factor is asked for, with the page the editor wanted behind it."""
    return f"{reverse('admin:code')}?{urlencode({REDIRECT_FIELD_NAME: wanted(request)})}"


def wanted(request: HttpRequest) -> str:
    """Return the page of ours that the editor was on the way to; else the desk."""
    address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else reverse("admin:index")


def knows_password(request: HttpRequest) -> bool:
    """Tell whether an active member of staff has given the password, and no code so far."""
    user: Any = request.user
    return bool(user.is_active and user.is_staff and not is_verified(request))


# ---- pages -------------------------------------------------------------------------------------


@never_cache
@csrf_protect
@ask_or_take
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor; who has none yet is led to set one up."""
    if not knows_password(request):
        return HttpResponseRedirect(wanted(request))
    if not user_has_device(request.user):
        return redirect("admin:enrol")
    form = CodeForm(real_user(request), request.POST or None)
    if form.is_valid():
        return let_in(request, form)
    return show(request, "code", {"title": _("Enter your code"), "form": form})


@never_cache
@csrf_protect
@ask_or_take
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: QR code, then the first code it makes, then recovery codes."""
    if not knows_password(request):
        return redirect("admin:index")
    if user_has_device(request.user):
        return redirect("admin:code")
    user = real_user(request)
    device, _is_new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": user.get_username()}
    )
    form = CodeForm(user, request.POST or None, device=device)
    if form.is_valid():
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        login(request, TOTPDevice.objects.get(pk=device.pk))
        return show(request, "recovery", recovery_context(user))
    key = base64.b32encode(device.bin_key).decode()
    spaced = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    context = {"title": _("Set up your second factor"), "form": form, "device": device}
    return show(request, "enrol", context | {"key": spaced})


@never_cache
@ask_or_take
def recovery(request: HttpRequest) -> HttpResponse:
    """Say how many recovery codes are left; POST makes new ones and ends the old."""
    user = real_user(request)
    if request.method == "POST":
        return show(request, "recovery", recovery_context(user))
    left = StaticToken.objects.filter(device__user=user).count()
    return show(request, "recovery", {"title": _("Recovery codes"), "left": left})


def real_user(request: HttpRequest) -> User:
    """Return the signed-in user as a record, without the wrapping of the request."""
    return User.objects.get(username=request.user.get_username())


def let_in(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """Open the door to who gave a right code; say so when the last recovery code is used up."""
    device = form.cleaned_data["device"]
    login(request, device)
    if isinstance(device, StaticDevice):
        text = _("You came in by a recovery code. Make new ones when few are left.")
        messages.warning(request, text)
    return HttpResponseRedirect(wanted(request))


def recovery_context(user: User) -> dict[str, Any]:
    """Make new recovery codes in place of the old; return what the page shows, this once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return {"title": _("Keep these recovery codes"), "codes": codes}


def show(request: HttpRequest, name: str, context: dict[str, Any]) -> TemplateResponse:
    frame = admin.site.each_context(request) | {REDIRECT_FIELD_NAME: wanted(request)}
    return TemplateResponse(request, f"admin/sign_in/{name}.html", frame | context)
