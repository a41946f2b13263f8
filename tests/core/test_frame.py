"""What stands around every page."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import set_script_prefix


@pytest.fixture
def moved():
    set_script_prefix("/encyclopedia/")
    yield
    set_script_prefix("/")


def test_what_is_the_same_on_every_page_is_printed_once():
    template = Template("{% load frame %}{% once %}{{ word }}{% endonce %}, {{ word }}")

    printed = [template.render(Context({"word": word})) for word in ("first", "second")]

    assert printed == ["first, first", "first, second"]


def test_addresses_that_are_printed_once_follow_a_site_that_moves(moved):
    template = Template("{% load frame %}{% once %}{% url 'home' %}{% endonce %} {% section 'Papers' 'paper_list' %}")

    at_first = template.render(Context())
    set_script_prefix("/")

    assert at_first == '/encyclopedia/ <li><a href="/encyclopedia/papers/">Papers</a></li>'
    assert template.render(Context()) == '/ <li><a href="/papers/">Papers</a></li>'


@pytest.mark.parametrize(
    ("path", "mark"), [("/papers/", ' aria-current="page"'), ("/papers/bert/", ' aria-current="true"'), ("/", "")]
)
def test_a_section_says_where_the_reader_is(path, mark):
    template = Template("{% load frame %}{% section 'Papers' 'paper_list' %}")

    printed = template.render(Context({"request": RequestFactory().get(path)}))

    assert printed == f'<li><a href="/papers/"{mark}>Papers</a></li>'
