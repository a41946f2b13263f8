"""The fields of filters as HTML."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from core.markup import fill, fill_each

_INPUT = '<input type="{}" name="{}"{}{}>'
_SELECT = '<select name="{}"{}>\n{}\n</select>'
_OPTION = '<option value="{}"{}>{}</option>'


class Inputs(DjangoTemplates):
    """Django's templates of inputs and selects, as format strings: a list has fourteen fields and dozens of orders."""

    def render(self, template_name: str, context: dict[str, Any], request=None) -> SafeString:
        widget = context["widget"]
        match template_name:
            case "django/forms/widgets/text.html":
                value = widget["value"]
                given = "" if value is None else fill(' value="{}"', value)
                return fill(_INPUT, widget["type"], widget["name"], given, _attributes(widget))
            case "django/forms/widgets/select.html":
                options = [option for _, options, _ in widget["optgroups"] for option in options]
                rows = ((option["value"], _attributes(option), option["label"]) for option in options)
                return fill(_SELECT, widget["name"], _attributes(widget), fill_each(_OPTION, rows, between="\n"))
        return super().render(template_name, context, request)


def _attributes(widget: dict[str, Any]) -> SafeString:
    given = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return SafeString("".join([fill(" {}" if value is True else ' {}="{}"', name, value) for name, value in given]))
