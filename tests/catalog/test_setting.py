import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.setting import ASPECTS, OTHER, read_setting, setting_text
from core.management.commands.prepare_site import starter_files


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("", {}),
        (" ; , ", {}),
        ("5-shot", {"shots": ["5-shot"]}),
        ("zero-shot", {"shots": ["0-shot"]}),
        ("few-shot (64 examples)", {"shots": ["64-shot"]}),
        ("3-shot with CoT", {"shots": ["3-shot"], "prompting": ["chain of thought"]}),
        ("long chain of thought, pass@1", {"prompting": ["long chain of thought"], "answers": ["pass@1"]}),
        ("CoT@32, uncertainty-routed", {OTHER: ["CoT@32", "uncertainty-routed"]}),
        ("8-shot, majority of 8", {"shots": ["8-shot"], "answers": ["majority of 8"]}),
        ("Maj1@32", {"answers": ["majority of 32"]}),
        ("Think, vote over 64 answers", {"answers": ["majority of 64"], "thinking": ["thinking"]}),
        ("average of ten runs", {"average": ["average of 10"]}),
        ("AVG@5", {"average": ["average of 5"]}),
        ("extended thinking up to 64K tokens", {"thinking": ["64K tokens of thinking"]}),
        ("no extended thinking", {"thinking": ["no thinking"]}),
        ("preview, Max effort", {"effort": ["max effort"]}),
        ("Epoch AI's own run, effort xhigh", {"effort": ["xhigh effort"], "harness": ["Epoch AI's own run"]}),
        (
            "temperature 0.6, top-p 0.95; up to 32,768 tokens",
            {"temperature": ["temperature 0.6"], "top-p": ["top-p 0.95"], "output limit": ["up to 32,768 tokens"]},
        ),
        ("without tools", {"tools": ["no tools"]}),
        ("Terminus 2 as agent", {"harness": ["Terminus 2"]}),
        ("agent framework OpenHands", {"harness": ["OpenHands"]}),
        ("validation set; one crop", {"problems": ["validation set"], OTHER: ["one crop"]}),
        ("base variant", {"form of the model": ["base model"]}),
        ("instruct model", {"form of the model": ["instruction-tuned"]}),
        ("chat model (RL)", {"form of the model": ["instruction-tuned"], OTHER: ["(RL)"]}),
        ("8B (depth 38), 1,024 pixels", {OTHER: ["1,024 pixels", "8B (depth 38)"]}),
    ],
)
def test_setting_is_read_part_by_part(text, stated):
    assert {aspect: list(parts) for aspect, parts in read_setting(text).items()} == stated


@pytest.mark.parametrize(
    "text",
    [
        "5-shot, gemini-1.5-pro-002",
        "5-shot; gpt-4o-2024-05-13",
        "stable version, 5-shot",
        "preview, 5-shot",
        "80K edition; 5-shot",
        "5-shot, as a comparison in V3's table",
    ],
)
def test_edition_of_the_model_is_no_setting(text):
    assert read_setting(text) == read_setting("5-shot")


@pytest.mark.parametrize("name", ["ResNeXt-101-FPN", "version LiveBench-2024-11-25", "mini-SWE-agent", "test-dev"])
def test_what_only_looks_like_an_edition_stays(name):
    assert list(read_setting(name).values()) == [(name,)]


@given(st.text(alphabet=st.sampled_from("5-shot CoT pass@1, ;()K\0é"), max_size=200))
def test_any_text_can_be_read(text):
    stated = read_setting(text)

    assert list(stated) == [aspect for aspect in ASPECTS if aspect in stated]
    assert all(stated.values())


@given(
    st.lists(st.sampled_from(["5-shot", "CoT", "pass@1", "no tools", "Terminus 2", "whole edit format"]), unique=True)
)
def test_order_and_signs_between_the_parts_do_not_matter(parts):
    assert read_setting(", ".join(parts)) == read_setting("; ".join(reversed(parts)))


@pytest.mark.parametrize(
    ("text", "written"),
    [("CoT; 5-shot", "5-shot, chain of thought"), ("zero-shot", "0-shot"), ("", ""), (" ; ", "")],
)
def test_setting_is_written_in_one_way(text, written):
    assert setting_text(text) == written


def test_settings_of_the_collection_are_mostly_understood():
    records = [
        record for name in starter_files() if "8-models" in name for record in json.loads(Path(name).read_text())
    ]
    settings = {r["fields"].get("setting", "") for r in records if r["model"] == "catalog.score"} - {""}

    understood = [text for text in settings if set(read_setting(text)) - {OTHER}]

    assert len(settings) > 300
    assert len(understood) / len(settings) > 0.7
