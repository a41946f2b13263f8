import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel, Tag, TaggedModel
from core.documents import document, documents, parts, with_links
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_documents_are_read_in_as_many_queries_for_three_entries_as_for_one():
    def read():
        with CaptureQueriesContext(connection) as queries:
            found = documents(list(with_links(AIModel)))
        return len(queries), found

    def entry():
        entry = make.make_model(tags=["moe"], organizations=[make.make_organization()])
        make.make_milestone(model=entry), make.make_citation(model=entry)

    entry()
    count, _ = read()
    entry(), entry()

    assert read()[0] == count
    assert read()[1] == {one.pk: document(one) for one in AIModel.objects.all()}


def test_tag_is_no_part_of_a_model_and_a_model_none_of_a_tag():
    make.make_tagged_model()

    assert TaggedModel not in {part for part, _ in parts(AIModel)}
    assert [one["model"] for one in document(Tag.objects.get())] == ["catalog.tag"]
