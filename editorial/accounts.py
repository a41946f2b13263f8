"""The accounts of the team: members are invited by a link under which they choose a password."""

import logging
from collections.abc import Callable

from axes.backends import AxesBackend
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model, views
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, Group
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from core.admin import PlainQueries
from editorial.lockout import failures, locked_out, typed_name
from editorial.models import MailPreference
from editorial.second_factor import SWITCHED_ON, switch_off

log = logging.getLogger(__name__)
User = get_user_model()
# Letters with a new password that one mailbox gets while failures are counted, whoever asks for them.
LETTERS = 10


class Backend(AxesBackend):
    """Django's, which locks out; the accounts it gives know whether they have a second factor."""

    def authenticate(self, request: HttpRequest, **credentials) -> AbstractBaseUser | None:
        # Raises PermissionDenied while locked, and otherwise says nothing.
        super().authenticate(request, **credentials)
        return ModelBackend.authenticate(self, request, **credentials)

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        user = User.objects.annotate(has_second_factor=SWITCHED_ON).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class InvitationForm(forms.ModelForm):
    """A new member, who chooses a password under the link of the invitation."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")
        help_texts = {
            "email": "Where the invitation goes. Without it, give the member the link yourself.",
            "groups": "The member's role.",
        }

    def save(self, commit=True):
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)


class MemberAdmin(PlainQueries, UserAdmin):
    """Django's own, but nobody chooses a password for somebody else."""

    add_form = InvitationForm
    add_form_template = "admin/change_form.html"
    add_fieldsets = ((None, {"fields": InvitationForm.Meta.fields}),)
    list_display = ("username", "email", "first_name", "last_name", "roles", "second_factor", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    change_form_template = "admin/editorial/member_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups").annotate(has_second_factor=SWITCHED_ON)

    @admin.display(description="role")
    def roles(self, user: AbstractBaseUser) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(boolean=True)
    def second_factor(self, user: AbstractBaseUser) -> bool:
        return user.has_second_factor

    def get_urls(self):
        invite, reset = (self.admin_site.admin_view(require_POST(view)) for view in (self.invite, self.reset))
        return [
            path("<int:number>/invite/", invite, name="auth_user_invite"),
            path("<int:number>/reset/", reset, name="auth_user_reset"),
            *super().get_urls(),
        ]

    def response_add(self, request, obj, post_url_continue=None):
        self.tell_invitation(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def invite(self, request: HttpRequest, number: int) -> HttpResponse:
        """A new link for a member who has not set a password, or lost it."""
        self.tell_invitation(request, self._member(request, number))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[number]))

    def reset(self, request: HttpRequest, number: int) -> HttpResponse:
        """Takes away the second factor of a member who lost the phone; the member is told by mail."""
        member = self._member(request, number)
        switch_off(member)
        log.warning("%s took away the second factor of %s", request.user.pk, member.pk)
        self.log_change(request, member, "Took away the second factor.")
        if member.email:
            member.email_user("Your account at Descent", "An administrator took away your second factor.\n")
        self.message_user(request, f"{member} has no second factor any more.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[number]))

    def _member(self, request: HttpRequest, number: int) -> AbstractBaseUser:
        member = self.get_object(request, str(number))
        if member is None or not self.has_change_permission(request, member):
            raise PermissionDenied
        return member

    def tell_invitation(self, request: HttpRequest, member: AbstractBaseUser) -> None:
        """Send the link to the member, and show it to whoever invites."""
        url = invitation(request, member)
        if member.email:
            member.email_user("Your account at Descent", f"Choose your password here, within three days:\n\n{url}\n")
        sent = f" It was sent to {member.email}." if member.email else ""
        self.message_user(request, f"{member} sets a password under {url} – within three days, once.{sent}")


class RoleAdmin(PlainQueries, GroupAdmin):
    """Django's own."""


def invitation(request: HttpRequest, member: AbstractBaseUser) -> str:
    """The address where a member sets a password; it ends with its first use, or after PASSWORD_RESET_TIMEOUT."""
    number = urlsafe_base64_encode(force_bytes(member.pk))
    return request.build_absolute_uri(
        reverse("password_reset_confirm", args=[number, default_token_generator.make_token(member)])
    )


class Afterwards(HttpResponseRedirect):
    """A redirect whose work is done once it is sent: the time that it takes tells nothing."""

    def __init__(self, address: str, work: Callable[[], object]):
        super().__init__(address)
        self._work = work

    def close(self):
        try:
            self._work()
        finally:
            super().close()


class PasswordResetView(views.PasswordResetView):
    """Django's, but asking counts like a failed login, and nobody learns who has an account, by no clock either."""

    def form_valid(self, form):
        asked = {"username": f"letter to {form.cleaned_data['email'].lower()}"}
        if not AxesProxyHandler.is_allowed(self.request, asked):
            return locked_out(self.request)
        user_login_failed.send(sender=type(self), credentials=asked, request=self.request)
        if failures(AccessAttempt.objects.filter(username=typed_name(self.request, asked))) > LETTERS:
            return HttpResponseRedirect(self.get_success_url())
        return Afterwards(self.get_success_url(), lambda: super(PasswordResetView, self).form_valid(form))


def change_password(request: HttpRequest) -> HttpResponse:
    """The admin's, but a wrong password counts as a failed login: whoever is at an open browser has few guesses."""
    who = {"username": request.user.get_username()}
    if request.method == "POST" and not AxesProxyHandler.is_allowed(request, who):
        return locked_out(request)
    response = admin.site.password_change(request)
    form = getattr(response, "context_data", {}).get("form")
    if form and form.has_error("old_password", "password_incorrect"):
        user_login_failed.send(sender=type(form), credentials=who, request=request)
    return response


class MailForm(forms.ModelForm):
    class Meta:
        model = MailPreference
        fields = ("waits", "returned", "decided")


@admin.register(MailPreference)
class MailAdmin(admin.ModelAdmin):
    """Each member's own switches, in place of a list."""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        own, _ = MailPreference.objects.get_or_create(user=request.user)
        form = MailForm(request.POST or None, instance=own)
        if request.method == "POST" and form.is_valid():
            form.save()
            self.message_user(request, "Saved.", messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Mail to you", "form": form}
        return TemplateResponse(request, "admin/editorial/mail.html", context)


admin.site.unregister([User, Group, TOTPDevice, StaticDevice])
admin.site.register(User, MemberAdmin)
admin.site.register(Group, RoleAdmin)
