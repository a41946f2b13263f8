"""A second factor: besides the password, a code of an app or one of ten for recovery.

Each member switches it on alone; with REQUIRE_SECOND_FACTOR nobody works without. Whoever has given the password alone
has a session, but no permission in the admin: `Site` is the one gate.
"""

import math
from collections.abc import Callable
from functools import wraps

import django_otp
import qrcode
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin import site as admin_site
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.generic import FormView
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

# How long a code of an app is; those for recovery are longer.
DIGITS = 6
# Codes for recovery: so many, each of so many letters, none of which looks like another.
CODES, LETTERS, ALPHABET = 10, 10, "abcdefghjkmnpqrstuvwxyz23456789"
SWITCHED_ON = Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True))


class Site(AdminSite):
    """Django's, closed to whoever has given the password and lacks a second factor that is asked for."""

    def has_permission(self, request: HttpRequest) -> bool:
        return self.knows(request) and not lacks_factor(request.user)

    def knows(self, request: HttpRequest) -> bool:
        """Whether the password was given, by one of the team."""
        return super().has_permission(request)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.method == "GET" and self.knows(request) and not self.has_permission(request):
            return HttpResponseRedirect(f"{reverse('second_factor_code')}?{request.GET.urlencode()}")
        return super().login(request, extra_context)


def lacks_factor(user: AbstractBaseUser) -> bool:
    """Whether a code is still to be given, or a second factor to be switched on."""
    return not user.is_verified() and (settings.REQUIRE_SECOND_FACTOR or user.has_second_factor)


class CodeForm(forms.Form):
    """A code of the app, or one for recovery; `device` is what gave it."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, user: AbstractBaseUser, *args, confirmed: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.confirmed = user, confirmed

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).lower()
        self.device = _device(self.user, code, self.confirmed)
        return code


def _device(user: AbstractBaseUser, code: str, confirmed: bool) -> Device:
    """What gave the code, which is good once. Raises ValidationError; each wrong one doubles the wait for the next."""
    kind, token = (TOTPDevice, code) if len(code) == DIGITS else (StaticDevice, _digest(code))
    # Locked, so that no code is good for two; and whatever is raised, its failures stay counted.
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=confirmed).first()
        allowed, why = device.verify_is_allowed() if device else (True, None)
        right = device and allowed and device.verify_token(token)
    if right:
        return device
    if not allowed:
        seconds = math.ceil((why["locked_until"] - timezone.now()).total_seconds())
        raise forms.ValidationError(f"Too many wrong codes: wait {seconds} seconds, then type a new one.")
    raise forms.ValidationError("This code is wrong, or was used before. Type the one that the app shows now.")


def _digest(code: str) -> str:
    """A code for recovery as the database holds it: whoever reads that can use none."""
    return salted_hmac("editorial.second_factor", code, algorithm="sha256").hexdigest()[:16]


def _to_known(view: Callable) -> Callable:
    """The view, for those who have given their password."""

    @wraps(view)
    def known(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not admin_site.knows(request):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, *args, **kwargs)

    return never_cache(known)


class CodeView(RedirectURLMixin, FormView):
    """Where the code is given, on the way from the password to the admin."""

    form_class = CodeForm
    template_name = "admin/editorial/second_factor_code.html"
    next_page = "admin:index"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if admin_site.has_permission(request):
            return HttpResponseRedirect(self.get_success_url())
        if not request.user.has_second_factor:
            return HttpResponseRedirect(reverse("second_factor"))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        _verified(self.request, form.device)
        return super().form_valid(form)

    def get_context_data(self, **kwargs) -> dict:
        named = {"title": "Second factor", "next": self.get_redirect_url()}
        return super().get_context_data(**admin_site.each_context(self.request), **named, **kwargs)


give_code = _to_known(CodeView.as_view())


@_to_known
def second_factor(request: HttpRequest) -> HttpResponse:
    """A member's own: it is switched on here, and off, and codes for recovery are made."""
    if request.user.has_second_factor:
        if not admin_site.has_permission(request):
            return HttpResponseRedirect(f"{reverse('second_factor_code')}?{urlencode({'next': request.path})}")
        return _change(request)
    device = TOTPDevice.objects.filter(user=request.user).first()
    device = device or TOTPDevice.objects.create(user=request.user, name="App", confirmed=False)
    form = CodeForm(request.user, request.POST or None, confirmed=False)
    if form.is_valid():
        form.device.confirmed = True
        form.device.save(update_fields=["confirmed"])
        _verified(request, form.device)
        request.user.has_second_factor = True
        return _page(request, codes=_new_codes(request.user), was_off=True)
    size, squares = drawn(device.config_url)
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    return _page(request, form=form, address=device.config_url, secret=secret, size=size, squares=squares)


def _change(request: HttpRequest) -> HttpResponse:
    """What is switched on: other codes for recovery, or an end. For either a code is asked again."""
    form, codes = CodeForm(request.user, request.POST or None), []
    if form.is_valid():
        if "off" in request.POST:
            switch_off(request.user)
            messages.success(request, "The second factor is switched off.")
            return HttpResponseRedirect(request.path)
        codes = _new_codes(request.user)
    left = StaticDevice.objects.filter(user=request.user, token_set__isnull=False).count()
    return _page(request, form=form, codes=codes, left=left, on=True)


def _page(request: HttpRequest, **context) -> HttpResponse:
    context |= {**admin_site.each_context(request), "title": "Second factor"}
    return render(request, "admin/editorial/second_factor.html", context)


def _verified(request: HttpRequest, device: Device) -> None:
    django_otp.login(request, device)
    # What was known of the session before is worth nothing after.
    request.session.cycle_key()


def _new_codes(user: AbstractBaseUser) -> list[str]:
    """Codes for recovery in place of all earlier ones; they are told this once."""
    codes = [get_random_string(LETTERS, ALPHABET) for _ in range(CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="Recovery")
        for code in codes:
            device.token_set.create(token=_digest(code))
    return codes


def switch_off(user: AbstractBaseUser) -> None:
    """The member logs in with the password alone again, or has to begin anew where a second factor is required."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).delete()


def drawn(text: str) -> tuple[int, str]:
    """A text as a QR code with its quiet zone: how many squares a side has, and the path of those that are dark."""
    code = qrcode.QRCode()
    code.add_data(text)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return len(rows), "".join(f"M{x},{y}h1v1h-1z" for x, y in dark)
