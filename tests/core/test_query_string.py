import pytest
from django.http import QueryDict

from core.query_string import QueryString

QUERY = "b=2&a=1&b=3&empty=&sign=%26%3D%2B+%25&%C3%A9=%F0%9F%98%80"


@pytest.mark.parametrize(
    "changes",
    [{}, {"b": ["4"]}, {"b": []}, {"new": ["x y", "<&>"]}, {"a": ["", "5"], "page": []}, {"empty": ["full"]}],
)
def test_links_are_written_as_django_writes_them(changes):
    expected = QueryDict(QUERY, mutable=True)
    for name, values in changes.items():
        expected.setlist(name, [value for value in values if value])
    assert QueryString(QueryDict(QUERY)).changed(changes) == expected.urlencode()
