import pytest
from django.template import Context, Template


def lean(text: str) -> str:
    return Template("{% load lean %}{% lean %}{{ text|safe }}{% endlean %}").render(Context({"text": text}))


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("<p>\n    one\n\n\n  <b>two</b> three\n</p>", "<p>\none\n<b>two</b> three\n</p>"),
        ("a  b\tc", "a  b\tc"),
        ("\n  <pre>\n  x\n\n  y</pre>\n\n  z", "\n<pre>\n  x\n\n  y</pre>\nz"),
        (
            "<textarea a='b'>\n\n  x</textarea>  \n\n<preface>\n  y",
            "<textarea a='b'>\n\n  x</textarea>  \n<preface>\ny",
        ),
        ("<pre>\n  x</pre>\n  <pre>\n  y</pre>", "<pre>\n  x</pre>\n<pre>\n  y</pre>"),
        ("", ""),
    ],
)
def test_indentation_goes_and_what_is_printed_as_it_is_stays(written, left):
    assert lean(written) == left
