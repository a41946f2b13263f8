"""A database without a collection, within a test: what it held is taken back at the end."""

from django.apps import apps


def empty(*names: str) -> None:
    """Delete all rows of these apps, or of all that hold the collection and its past, whatever points at them."""
    for name in names or ("glossary", "research", "catalog", "editorial"):
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            model._base_manager.all()._raw_delete("default")
