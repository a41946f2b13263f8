"""What the JSON, JSON Lines and YAML serializers share."""

import datetime
import math
import re
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.management import CommandError
from django.core.serializers.base import DEFER_FIELD, DeserializationError, DeserializedObject
from django.db import DatabaseError, models
from simple_history.models import HistoricalChanges
from taggit.models import ItemBase

from core.tags import Tags


class RecordError(DeserializationError, CommandError):
    """A record that cannot be loaded. Being a CommandError, it is printed as it is, without a traceback."""


class WritesRecords:
    """Mixin for a serializer: natural keys always, tags on the record that carries them, and no history."""

    def serialize(self, queryset, **options):
        options.update(use_natural_foreign_keys=True, use_natural_primary_keys=True)
        # History names its entries by number, and numbers do not survive a reload: it stays in its own database.
        rows = (row for row in queryset if not isinstance(row, ItemBase | HistoricalChanges))
        return super().serialize(rows, **options)

    def _value_from_field(self, obj, field):
        value = super()._value_from_field(obj, field)
        if isinstance(value, datetime.datetime) and value.microsecond < 1000:
            # JSON holds milliseconds. Less than one would be written as “.000”, and after a reload not at all.
            return value.replace(microsecond=0)
        return value

    def handle_m2m_field(self, obj, field):
        if isinstance(field, Tags):
            known = getattr(obj, "_prefetched_objects_cache", {}).get(field.name)
            tags = field.value_from_object(obj) if known is None else known
            self._current[field.name] = sorted(tag.name for tag in tags)
        else:
            super().handle_m2m_field(obj, field)


class ReadsRecords:
    """Mixin for a deserializer: checks each field by its own rules, and says where a bad record stands."""

    def __init__(self, stream, **options):
        self.file = relative_name(getattr(stream, "name", "the text"))
        self.position = 0
        self.record = None
        self.seen = {}
        # Rows that records of this file refer to: the parts of an entry name the same few again and again.
        self.referred = {}
        try:
            super().__init__(stream, **options)
        except (DeserializationError, UnicodeDecodeError) as error:
            raise RecordError(f"{self.file} cannot be read: {error.__cause__ or error}") from error
        if not hasattr(self.stream, "__next__") and not isinstance(self.stream, list):
            raise RecordError(f"{self.file} is not a list of records.")

    def __iter__(self):
        records = iter(self.stream)
        while True:
            self.position += 1
            try:
                self.record = next(records)
            except StopIteration:
                return
            except DeserializationError as error:
                raise RecordError(f"{self.file}, record {self.position} cannot be read: {error.__cause__}") from error
            yield from self._handle_object(self.record)

    def _handle_object(self, obj):
        try:
            model = self._check_record(obj)
            for deserialized in super()._handle_object(obj):
                yield LocatedRecord(deserialized, self._place(obj), model)
        except DeserializationError as error:
            # Django wraps whatever a field's handler raises.
            for known in (error, error.__context__):
                if isinstance(known, RecordError):
                    raise known from None
            raise RecordError(f"{self._place(obj)}: {error.__cause__ or error}") from error

    def _check_record(self, obj) -> type[models.Model]:
        if not (isinstance(obj, dict) and isinstance(obj.get("model"), str) and isinstance(obj.get("fields"), dict)):
            raise RecordError(f'{self._place(obj)}: a record is {{"model": …, "fields": {{…}}}}.')
        try:
            model = self._get_model_from_node(obj["model"])
        except (DeserializationError, ValueError):
            raise RecordError(f"{self._place(obj)}: there is no such model.") from None
        for name, value in obj["fields"].items():
            try:
                check_value(model, name, value)
            except FieldDoesNotExist:
                raise RecordError(f"{self._place(obj)}, {name}: {obj['model']} has no such field.") from None
            except (ValidationError, ValueError, TypeError) as error:
                reason = " ".join(getattr(error, "messages", [str(error)]))
                raise RecordError(f"{self._place(obj)}, {name}: {reason}") from error
        for field in model._meta.concrete_fields:
            optional = field.primary_key or field.blank or field.null or field.has_default()
            if not optional and field.name not in obj["fields"]:
                raise RecordError(f"{self._place(obj)}, {field.name}: this field is required.")
        self._check_first(obj, model)
        return model

    def _check_first(self, obj, model: type[models.Model]):
        """The file has no other record of the same key: of two, the second would silently win."""
        names = key_names(model)
        key = (model, *(flat(obj["fields"].get(name) or "") for name in names))
        first = self.seen.setdefault(key, self.position) if names else self.position
        if first != self.position:
            raise RecordError(f"{self._place(obj)}: record {first} has the same key.")

    def _handle_fk_field_node(self, field, value):
        if value is not None:
            self._check_reference(field, value)
        known = (field.related_model, *value) if isinstance(value, list) and len(value) == 1 else None
        if known in self.referred:
            return self.referred[known]
        found = self._find_fk(field, value)
        if known and found is not DEFER_FIELD:
            self.referred[known] = found
        return found

    def _find_fk(self, field, value):
        try:
            found = super()._handle_fk_field_node(field, value)
        except (ObjectDoesNotExist, ValidationError, ValueError, TypeError):
            found = DEFER_FIELD
        in_key = field.name in key_names(field.model)
        if found is DEFER_FIELD and (in_key or not field.null or not self.handle_forward_references):
            raise RecordError(f"{self._place(self.record)}, {field.name}: {_missing(field, value)}")
        return found

    def _handle_m2m_field_node(self, field, value):
        if not isinstance(value, list) or (isinstance(field, Tags) and not all(isinstance(v, str) for v in value)):
            raise RecordError(f"{self._place(self.record)}, {field.name}: write a list.")
        if isinstance(field, Tags):
            return value
        for key in value:
            self._check_reference(field, key)
        try:
            return super()._handle_m2m_field_node(field, value)
        except (DeserializationError, ObjectDoesNotExist, ValidationError, ValueError, TypeError) as error:
            raise RecordError(f"{self._place(self.record)}, {field.name}: {_missing(field, value)}") from error

    def _check_reference(self, field, key):
        """Rows are named by what they are: the number of a row is another one in the next database."""
        if hasattr(field.remote_field.model, "natural_key") and not isinstance(key, list | tuple):
            raise RecordError(f"{self._place(self.record)}, {field.name}: name each entry by a list, [“{key}”].")

    def _place(self, obj) -> str:
        return place(self.file, f"record {self.position}", obj)


class LocatedRecord(DeserializedObject):
    """A record that knows where it was written, and names the rule it breaks."""

    def __init__(self, deserialized: DeserializedObject, place: str, model: type[models.Model]):
        super().__init__(deserialized.object, deserialized.m2m_data, deserialized.deferred_fields)
        self.place = place
        self.model = model

    def save(self, *args, **options):
        try:
            super().save(*args, **options)
        except (DatabaseError, ValueError) as error:
            raise RecordError(f"{self.place}: {rule_broken(self.model, error)}") from error

    def save_deferred_fields(self, using=None):
        try:
            super().save_deferred_fields(using=using)
        except RecordError:
            raise
        except (DeserializationError, ObjectDoesNotExist, ValueError, TypeError) as error:
            missing = "; ".join(
                f"{field.name}: {_missing(field, value)}" for field, value in self.deferred_fields.items()
            )
            raise RecordError(f"{self.place}, {missing}") from error


def place(file: str, spot: str, record: object) -> str:
    """“fixtures/models/deepseek-v3.json, record 3 (catalog.score deepseek-v3 / mmlu)”."""
    where = f"{file}, {spot}"
    if not isinstance(record, dict):
        return where
    fields = record.get("fields") if isinstance(record.get("fields"), dict) else {}
    try:
        names = key_names(apps.get_model(record["model"]))
    except (AttributeError, KeyError, LookupError, ValueError):
        names = []
    key = " / ".join(flat(fields[name]) for name in names if fields.get(name))
    return f"{where} ({' '.join(filter(None, [str(record.get('model', 'no model')), key]))})"


def rule_broken(model: type[models.Model], error: Exception) -> str:
    """The constraint's message for editors, found by its name or columns in the database's error."""
    text = str(error)
    columns = set(re.findall(rf"{model._meta.db_table}\.(\w+)", text))
    for constraint in model._meta.constraints:
        fields = {model._meta.get_field(name).column for name in getattr(constraint, "fields", ())}
        if constraint.name in text or (fields and fields == columns):
            return f"{constraint.violation_error_message} [{constraint.name}]"
    return text


def check_value(model: type[models.Model], name: str, value: object):
    """Raises what is wrong with a field of a record by the field's own rules."""
    field = model._meta.get_field(name)
    if field.auto_created and not field.concrete:
        # The other end of a relation: the records over there carry it.
        raise FieldDoesNotExist
    if not field.is_relation:
        cleaned = field.clean(value, None)
        if isinstance(cleaned, float) and not math.isfinite(cleaned):
            raise ValueError(f"“{value}” is no finite number.")


@cache
def key_names(model: type[models.Model]) -> list[str]:
    """The fields of a record that make its natural key."""
    return [path.split("__")[0] for path in getattr(model, "natural_key_fields", ())]


def _missing(field: models.Field, value: object) -> str:
    wanted = value if isinstance(field, models.ManyToManyField) and isinstance(value, list) else [value]
    manager = field.remote_field.model._default_manager
    absent = [flat(key) for key in wanted if not _exists(manager, key)]
    return f"there is no {field.remote_field.model._meta.label_lower} “{'”, “'.join(absent)}”. Load it first."


def _exists(manager: models.Manager, key: object) -> bool:
    try:
        manager.get_by_natural_key(*key)
    except (ObjectDoesNotExist, ValueError, TypeError):
        return False
    return True


def flat(value: object) -> str:
    return " / ".join(str(part) for part in value if part) if isinstance(value, list | tuple) else str(value)


def relative_name(name: str) -> str:
    path = Path(name)
    return str(path.relative_to(settings.BASE_DIR)) if path.is_relative_to(settings.BASE_DIR) else name
