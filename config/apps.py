"""Apps of others, as this site has them."""

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """The admin, which may ask for a second factor."""

    default_site = "editorial.second_factor.Site"


class LockoutConfig(AxesConfig):
    """What counts failed logins, by a name that administrators understand."""

    verbose_name = "Logins"
