import datetime
import xml.etree.ElementTree as ET

import pytest
from django.utils import timezone

from core.chart_file import chart_file
from core.charts import Bar, Grid, Line, Point, draw
from core.scales import linear_scale, time_scale

DAY = datetime.date(2024, 7, 1)
UGLY = "<script>alert(\"x\")</script> & 'Co' \x00\x0b\x1f ]]> \ud7ff\uffff 大"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def file(rf):
    def made(name="GPT-4", **parts):
        point = Point(DAY, 5, name, name, "/models/x/?a=1&b=2", series=name, hollow=True, strong=True, rank=1, error=1)
        chart = draw(
            time_scale([DAY]),
            linear_scale([1, 9], zero=True),
            points=[point],
            lines=[Line([(DAY, 5)], name, step=True)],
            bars=[Bar(DAY, DAY, 5, name, name, "/x/")],
            grid=Grid(9, 9, {(1, 2): 3}),
            series=[name],
        )
        titles = {"title": f"About {name}", "y_name": name, "page": "/timeline/?y=a&scale=log", "name": "timeline"}
        return chart_file(rf.get("/"), chart, **titles)

    return made


def test_file_is_svg_to_look_at_and_to_save(file):
    answer = file()

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == 'inline; filename="timeline.svg"'


@pytest.mark.parametrize("name", ["GPT-4", UGLY])
def test_file_is_well_formed_and_takes_names_as_text(file, name):
    picture = ET.fromstring(file(name).content)

    texts = [element.text for element in picture.iter() if element.text and element.text.strip()]
    assert {element.tag for element in picture.iter()} <= {
        f"{SVG}{tag}" for tag in ["svg", "title", "rect", "text", "g", "line", "path", "defs", "use", "a", "circle"]
    }
    assert len([text for text in texts if "GPT-4" in text or "<script>" in text]) == 8


def test_mark_without_a_name_is_no_link(rf):
    chart = draw(time_scale([DAY]), linear_scale([1, 9]), points=[Point(DAY, 5, ""), Point(DAY, 6, "GPT-4", url="/x/")])

    picture = ET.fromstring(chart_file(rf.get("/"), chart, title="", y_name="", page="/", name="x").content)

    links = list(picture.iter(f"{SVG}a"))
    assert [link.find(f"{SVG}title").text for link in links] == ["GPT-4"]
    assert len([use for use in picture.iter(f"{SVG}use") if use.get("x")]) == 2


def test_file_says_where_it_comes_from(file):
    texts = [text.text for text in ET.fromstring(file().content).iter(f"{SVG}text")]

    assert texts[-1].startswith("Descent, CC BY 4.0 · http://testserver/timeline/?y=a&scale=log · ")
    assert texts[-1].endswith(str(timezone.now().year))


def test_file_needs_nothing_from_elsewhere(file):
    text = file().text

    assert "<style" not in text
    assert " style=" not in text
    assert "var(" not in text
    assert 'href="http://testserver/models/x/?a=1&amp;b=2"' in text


def test_file_has_a_background_and_room_for_every_row_of_its_key(file):
    short, long = (ET.fromstring(file(name).content) for name in ("GPT-4", "The long name of a model " * 5))

    [height, taller] = [int(picture.attrib["height"]) for picture in (short, long)]
    ground = long.find(f"{SVG}rect")
    assert taller > height
    assert (ground.attrib["height"], ground.attrib["width"]) == (str(taller), "960")
