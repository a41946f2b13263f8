"""How a page is cited, and what licences ask for."""

from django import template

from core.highwire import highwire
from core.licences import licence_url

register = template.Library()
register.filter(highwire)
register.filter(licence_url)
