"""Whoever fails to log in too often waits: from one address with one name, or with whatever names.

Failures are counted in the database, for all processes, until AXES_COOLOFF_TIME has passed since the last. There is no
limit to a name alone: with it, anybody could shut anybody out.
"""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.admin import PlainQueries

# Of an address, behind which a whole newsroom may sit, so many failures count as one of a name.
OF_ADDRESS = 10


class Lockout(AxesDatabaseHandler):
    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Those of this name from this address, or a tenth of all from it if that is more."""
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        of_address = failures(recent.filter(ip_address=request.axes_ip_address))
        return max(super().get_failures(request, credentials), of_address // OF_ADDRESS)


def typed_name(request: HttpRequest, credentials: dict | None) -> str:
    """As much of a name as the table holds: the form for logging in sets no limit."""
    return ((credentials or request.POST).get("username") or "")[:255]


def failures(attempts) -> int:
    return attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None):
    """The page that says so, and for how long."""
    wait = settings.AXES_COOLOFF_TIME
    context = {**admin.site.each_context(request), "title": "Too many attempts", "minutes": wait.seconds // 60}
    page = render(request, "admin/editorial/locked_out.html", context, status=429)
    page["Retry-After"] = wait.seconds
    return page


@admin.register(AccessAttempt)
class FailedLogins(PlainQueries):
    """Who failed lately; to delete is to unlock."""

    list_display = ("username", "ip_address", "failures_since_start", "attempt_time", "path_info")
    list_display_links = None
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time",)
    actions = ("unlock",)

    @admin.action(description="Unlock the selected", permissions=["delete"])
    def unlock(self, request: HttpRequest, queryset):
        count, _ = queryset.delete()
        self.message_user(request, f"{count} unlocked.")

    def get_actions(self, request):
        # One name for it: the stock action would ask whether these are to be deleted.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
