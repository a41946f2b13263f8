"""Forms of papers and sources: identifiers in any spelling, and what follows from them."""

from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError

from core.forms import EntryForm
from research import identifiers
from research.identifiers import Identifier

# What an identifier fills, and only where all of it was left empty.
FOLLOWING = (("published", "published_precision"), ("publisher",))


class _Input(forms.CharField):
    """A column for identifiers. What is typed may be longer than what it holds."""

    def __init__(self, *, max_length: int | None = None, **kwargs):
        super().__init__(max_length=identifiers.LONGEST, **kwargs)

    def to_python(self, value: str | None) -> str:
        text = super().to_python(value)
        try:
            return self.part(identifiers.read(text)) if text else text
        except ValueError as error:
            raise ValidationError(str(error)) from error


class ArxivInput(_Input):
    """An arXiv id."""

    def part(self, found: Identifier) -> str:
        if not found.arxiv_id:
            raise ValueError("This is a DOI: it belongs in the field “DOI”.")
        return found.arxiv_id


class DoiInput(_Input):
    """A DOI."""

    def part(self, found: Identifier) -> str:
        if not found.doi:
            raise ValueError(f"This is the arXiv id {found.arxiv_id}: it belongs in the field “arXiv id”.")
        return found.doi


class UrlInput(forms.URLField):
    """An address, or an identifier, which becomes the address it leads to."""

    def to_python(self, value: str | None) -> str:
        with suppress(ValueError):
            value = identifiers.read(value or "").url
        return super().to_python(value)

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        # What was stored in another spelling is changed by nobody who lets it stand.
        return data != initial and super().has_changed(initial, data)


class IdentifiedForm(EntryForm):
    """An identifier that was typed fills what follows from it and was left empty."""

    # The fields that may hold one.
    identifying: tuple[str, ...] = ()

    def clean(self):
        super().clean()
        for name in [name for name in self.identifying if name in self.changed_data]:
            try:
                says = identifiers.read(self.cleaned_data.get(name) or "").says
            except ValueError:
                continue
            for names in FOLLOWING:
                # What was typed and not understood is not there at all.
                if all(self.cleaned_data.get(name, True) in (None, "") and name in says for name in names):
                    self.cleaned_data |= {name: says[name] for name in names}


class PaperForm(IdentifiedForm):
    identifying = ("arxiv_id", "doi")

    class Meta(IdentifiedForm.Meta):
        field_classes = {"arxiv_id": ArxivInput, "doi": DoiInput}


class SourceForm(IdentifiedForm):
    identifying = ("url",)

    class Meta(IdentifiedForm.Meta):
        field_classes = {"url": UrlInput}

    def clean_url(self) -> str:
        return self.cleaned_data["url"] if "url" in self.changed_data else self.initial["url"]
