"""Links that stay on the day on which the reader looks at the field."""

from django import template

from core.urls import on

register = template.Library()
register.simple_tag(on)
