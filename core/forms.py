"""Forms of the admin: slugs made from names, sizes as people type them, and each rule's message beside its field."""

from collections.abc import Iterator

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, F, Q, UniqueConstraint
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.forms.utils import pretty_name

from core.fields import SizeField
from core.quantities import exact_size
from core.slugs import make_slug


class SizeInput(SizeField):
    """A size in a form over a model: shown as “671B” or “131,072”, in full where the short form would round."""

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **kwargs):
        # The bounds of the column, which `parse_size` knows.
        super().__init__(**kwargs)

    def prepare_value(self, value: int | str | None) -> int | str | None:
        return exact_size(value) if isinstance(value, int) else value

    def has_changed(self, initial: int | None, data: str) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class RelatedField(forms.ModelChoiceField):
    """A relation whose rows are looked up once a request: `known` is shared by all copies of the field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {}

    def to_python(self, value):
        key = str(value)
        if value not in self.empty_values and key not in self.known:
            self.known[key] = super().to_python(value)
        return self.known.get(key)


class RelatedMultipleField(forms.ModelMultipleChoiceField):
    """Several rows; a number that no row can have is no choice. Stock, SQLite breaks on it."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": value}) from None


class RelatedSelect(AutocompleteSelect):
    """The admin's autocompletion, but the selected row comes from the field: stock, each one is a query."""

    def optgroups(self, name, value, attrs=None):
        field = self.choices.field
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for key in value:
            try:
                row = field.to_python(key)
            except ValidationError:
                continue
            if row:
                options.append(self.create_option(name, key, field.label_from_instance(row), True, len(options)))
        return [(None, options, 0)]


class RelatedSelectMultiple(AutocompleteSelectMultiple):
    """The admin's autocompletion, but a key that is none is left out: stock, showing it again is an error 500."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if key.isdecimal() and len(key) < 19], attrs)


class RecordForm(forms.ModelForm):
    """A form that puts the message of each constraint beside the field it concerns."""

    # Constraint name to field, where the field that the constraint tests last is not the one to mend.
    beside: dict[str, str] = {}
    # Why the database refused this very submission, when it did.
    refusal = ""

    def clean(self):
        super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)

    def _post_clean(self):
        # Django puts these messages above the form, and skips the constraints that name an inline's parent.
        self.instance.validate_constraints = self._validate_constraints
        super()._post_clean()
        del self.instance.validate_constraints

    def _validate_constraints(self, exclude: set[str]) -> None:
        parents = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        errors: dict[str, list] = {}
        for constraint in self.instance._meta.constraints:
            # What must be unique within the parent, its form set decides: rows may exchange values.
            skipped = exclude if isinstance(constraint, UniqueConstraint) else exclude - parents
            try:
                constraint.validate(type(self.instance), self.instance, skipped)
            except ValidationError as error:
                errors.setdefault(self.field_of(constraint), []).extend(error.error_list)
        if errors:
            raise ValidationError(errors)

    def field_of(self, constraint: BaseConstraint) -> str:
        """The field beside which the constraint's message stands: the one it tests last, where the form has it."""
        name = self.beside.get(constraint.name) or fields_of(constraint)[-1]
        return name if name in self.fields else NON_FIELD_ERRORS


def fields_of(constraint: BaseConstraint) -> list[str]:
    """The fields that a constraint looks at, in its order; those of its condition last."""
    fields = getattr(constraint, "fields", ())
    expressions = getattr(constraint, "expressions", ())
    return [*fields, *_names(expressions), *_names([constraint.condition] if constraint.condition else [])]


def _names(expressions) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, F):
            yield expression.name
        elif isinstance(expression, Q):
            yield from _names(expression.children)
        elif isinstance(expression, tuple):
            yield expression[0].split("__")[0]
        else:
            yield from _names(expression.get_source_expressions())


class EntryForm(RecordForm):
    """A form whose slug may stay empty: it is made from the name."""

    # The status that the entry is about to get, where saving it is a step of the workflow.
    status = None

    class Meta:
        error_messages = {"slug": {"unique": "This address is taken: choose another one."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def _post_clean(self):
        if self.status:
            self.instance.status = self.status
        super()._post_clean()

    def clean_slug(self) -> str:
        field = self.fields["slug"]
        slug = self.cleaned_data["slug"] or make_slug(self.cleaned_data.get("name", ""))[: field.max_length].strip("-")
        if not slug and "name" in self.cleaned_data:
            raise ValidationError("No address can be made from this name: type one.")
        return slug


class PartFormSet(BaseInlineFormSet):
    """The parts of an entry: their relations are fetched with them, and what must be unique is so among the rows."""

    def get_queryset(self):
        if not hasattr(self, "_queryset"):
            fields = self.form.base_fields
            relations = [name for name, field in fields.items() if isinstance(field, RelatedField)]
            self._queryset = super().get_queryset().select_related(*relations)
            for row in self._queryset:
                setattr(row, self.fk.name, self.instance)
                for related, name in ((getattr(row, name), name) for name in relations):
                    if related:
                        fields[name].known[str(related.pk)] = related
        return self._queryset

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # In a table of rows, only the column's heading names a field, and no screen reader ties the two.
        for name, field in form.fields.items():
            field.widget.attrs.setdefault("aria-label", field.label or pretty_name(name))

    @property
    def kept(self) -> list[RecordForm]:
        """The valid rows that will be there after saving."""
        valid = (form for form in self.forms if form.is_valid())
        return [form for form in valid if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def clean(self):
        # In place of Django's own check, which knows neither conditions nor expressions and names no field.
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                self._check_unique(constraint)

    def _check_unique(self, constraint: UniqueConstraint) -> None:
        names = [*constraint.fields, *_names(constraint.expressions)]
        seen = set()
        for form in self.kept:
            if not _applies(constraint.condition, form.instance):
                continue
            key = tuple(form.instance.serializable_value(name) for name in names)
            if key in seen:
                form.add_error(form.field_of(constraint), constraint.get_violation_error_message())
            seen.add(key)


def _applies(condition: Q | None, row) -> bool:
    return condition is None or condition.check({name: getattr(row, name) for name in _names([condition])})
