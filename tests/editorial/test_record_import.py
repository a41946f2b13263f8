"""How files are read, and what is said of bad ones; what writing them does is in tests/editorial."""

import json

import pytest

from catalog.models import AIModel, Citation
from editorial.record_import import RecordImport
from glossary.models import Term
from research.models import Paper
from tests import factories as make

pytestmark = pytest.mark.django_db

TERM = {"name": "Attention", "slug": "attention", "definition": "Looks."}


def record(model, /, **fields):
    return {"model": model, "fields": fields}


def read(text, name="f.json"):
    batch = RecordImport()
    batch.read(name, text if isinstance(text, str) else json.dumps(text))
    batch.plan()
    return batch


def problems(text, name="f.json"):
    """All that is said against it; nothing may be written then."""
    batch = read(text, name)
    batch.write("Test")
    return list(map(str, batch.problems))


def write(*records, name="f.json"):
    assert problems(list(records), name) == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("f.json", "", "it is empty."),
        ("f.jsonl", "\n \n", "it is empty."),
        ("f.yaml", "", "it is empty."),
        ("f.json", "{}", "it is not a list of records."),
        ("f.yaml", "a: b", "it is not a list of records."),
        ("f.yaml", "# nothing", "it is not a list of records."),
        ("f.json", '[{"model": ', "it cannot be read: Expecting value: line 1 column 12 (char 11)"),
        ("f.xls", "name", "its name must end in .json, .jsonl, .yaml, .yml, .csv, .xlsx."),
        ("f", "[]", "its name must end in .json, .jsonl, .yaml, .yml, .csv, .xlsx."),
        ("f.yaml", "[" * 60 + "]" * 60, "it cannot be read: more than 50 lists or mappings in each other."),
        ("f.yaml", "- " * 60 + "a", "it cannot be read: more than 50 lists or mappings in each other."),
    ],
)
def test_file_that_cannot_be_read_is_named(name, text, message):
    assert problems(text, name) == [f"{name}: {message}"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.json", "[" * 100_000),
        ("f.json", '[{"model": "glossary.term", "fields": {"name": ' + "9" * 5000 + "}}]"),
        ("f.yaml", "[" * 100_000),
        ("f.yaml", "- " * 100_000 + "a"),
        ("f.yaml", "- !!python/object/apply:os.system [ls]"),
        ("f.yaml", "a: 1\n---\nb: 2"),
        ("f.yaml", "- *nowhere"),
        ("f.yaml", "- {[a]: b}"),
    ],
)
def test_file_that_means_harm_is_refused_in_one_line(name, text):
    (message,) = problems(text, name)

    assert message.startswith(f"{name}: it cannot be read: ")
    assert "\n" not in message


def test_every_bad_line_of_json_lines_is_told_and_line_separators_within_texts_are_kept():
    good = json.dumps(record("glossary.term", **TERM | {"definition": "a\u2028b\x85c"}), ensure_ascii=False)

    assert problems(f"{{]\n\n{good}\n{'[' * 100_000}\n", "f.jsonl") == [
        "f.jsonl, record 1: it cannot be read: Expecting property name enclosed in double quotes: "
        "line 1 column 2 (char 1)",
        "f.jsonl, record 3: it cannot be read: maximum recursion depth exceeded while decoding a JSON array from a "
        "unicode string",
    ]
    assert problems(good, "f.jsonl") == []
    assert Term.objects.get().definition == "a\u2028b\x85c"


def test_yaml_may_use_aliases_and_its_dates_are_texts():
    text = """
    - model: catalog.aimodel
      fields: &v1 {name: V1, slug: v1, released: 2024-12-26, released_precision: day, context_window: 128_000}
    - model: catalog.aimodel
      fields: {<<: *v1, slug: v2}
    - model: catalog.aimodel
      fields: {<<: *v1, slug: v3, released: 2024-02-30}
    """

    assert [one.fields["released"] for one in read(text, "f.yaml").incoming] == ["2024-12-26", "2024-12-26"]
    assert problems(text, "f.yaml") == [
        "f.yaml, record 3 (catalog.aimodel v3), released: “2024-02-30” value has the correct format (YYYY-MM-DD) but "
        "it is an invalid date."
    ]


def test_endless_aliases_are_refused_at_once():
    levels = "\n".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
    bomb = f"- &a0 [lol]\n{levels}\n- {{model: glossary.term, fields: {{name: *a11, slug: *a11, see_also: *a11}}}}"
    loop = "- &self [*self]\n- {model: *self, fields: {name: x}}\n- {model: glossary.term, fields: {see_also: *self}}"

    assert problems(bomb, "f.yaml")[-3:] == [
        "f.yaml, record 13 (glossary.term), name: write one text or number here.",
        "f.yaml, record 13 (glossary.term), slug: write one text or number here.",
        'f.yaml, record 13 (glossary.term), see_also: name each entry by a list: [["gpt-4"], ["bert"]].',
    ]
    assert len(problems(loop, "f.yaml")) >= 3


@pytest.mark.parametrize("bad", [5, None, "a", [], {}, {"model": "glossary.term"}, {"model": ["a"], "fields": {}}])
def test_what_is_no_record_is_told(bad):
    (message,) = problems([bad])

    assert message.startswith("f.json, record 1")
    assert message.endswith(': a record is {"model": …, "fields": {…}}.')


@pytest.mark.parametrize(
    "model",
    [
        "auth.user",
        "auth.permission",
        "sessions.session",
        "editorial.proposal",
        "catalog.historicalaimodel",
        "catalog.part",
        "core.entry",
        "term",
        "a.b.c",
        "",
    ],
)
def test_only_models_of_the_collection_are_taken(model):
    (message,) = problems([record(model, username="root")])

    assert message.endswith(": there is no such model.")


MODEL = {"name": "V3", "slug": "v3"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"params": 5}, "params: catalog.aimodel has no such field."),
        ({"scores": []}, "scores: catalog.aimodel has no such field."),
        ({"id": 5}, "id: catalog.aimodel has no such field."),
        ({"family_id": ["a"]}, "family_id: catalog.aimodel has no such field."),
        ({"history": []}, "history: catalog.aimodel has no such field."),
        ({"papers": [["a"]]}, "papers: write records of catalog.modelpaper instead."),
        ({"name": ""}, "name: This field cannot be blank."),
        ({"name": None}, "name: This field cannot be null."),
        ({"name": "a" * 251}, "name: Ensure this value has at most 250 characters (it has 251)."),
        ({"name": ["a"]}, "name: write one text or number here."),
        ({"name": {"a": "b"}}, "name: write one text or number here."),
        ({"name": "a\0b"}, "name: Null characters are not allowed."),
        ({"description": "a\0b"}, "description: Null characters are not allowed."),
        ({"name": "\ud800"}, "name: it holds half a character (a lone surrogate)."),
        ({"name": True}, "name: “True” is no value of this field. In YAML, write yes, no, on and off in quotes."),
        ({"name": float("nan")}, "name: “nan” is no finite number."),
        ({"openness": "ajar"}, "openness: Value 'ajar' is not a valid choice."),
        ({"parameters_total": "many"}, "parameters_total: “many” value must be an integer."),
        ({"parameters_total": 1.5}, "parameters_total: “1.5” is no whole number."),
        (
            {"parameters_total": 2**63},
            "parameters_total: Ensure this value is less than or equal to 9223372036854775807.",
        ),
        ({"parameters_total": float("inf")}, "parameters_total: “inf” is no whole number."),
        ({"parameters_total": float("nan")}, "parameters_total: “nan” is no whole number."),
        ({"training_compute": float("inf")}, "training_compute: “inf” is no finite number."),
        ({"training_compute": "NaN"}, "training_compute: “NaN” is no finite number."),
        ({"training_compute": 10**400}, "training_compute: int too large to convert to float"),
        ({"released": 2024}, "released: write a date in quotes: “2024-12-26”."),
        ({"created_at": None}, "created_at: This field cannot be null."),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, "created_at: date value out of range"),
        ({"family": "deepseek"}, 'family: name the entry by a list: ["gpt-4"].'),
        ({"family": 1}, 'family: name the entry by a list: ["gpt-4"].'),
        ({"family": []}, 'family: name the entry by a list: ["gpt-4"].'),
        ({"family": [None]}, 'family: name the entry by a list: ["gpt-4"].'),
        ({"family": ["a\0"]}, "family: Null characters are not allowed."),
        ({"family": ["nobody"]}, "family: there is no catalog.family “nobody”, here or in the files."),
        ({"family": ["a", "b"]}, "family: there is no catalog.family “a / b”, here or in the files."),
        ({"organizations": "lab"}, 'organizations: name each entry by a list: [["gpt-4"], ["bert"]].'),
        ({"organizations": None}, 'organizations: name each entry by a list: [["gpt-4"], ["bert"]].'),
        ({"organizations": ["lab"]}, 'organizations: name each entry by a list: [["gpt-4"], ["bert"]].'),
        ({"organizations": [["\udfff"]]}, "organizations: it holds half a character (a lone surrogate)."),
        ({"organizations": [["lab"]]}, "organizations: there is no research.organization “lab”, here or in the files."),
        ({"tags": "fp8"}, "tags: write a list of words."),
        ({"tags": [" "]}, "tags: write a list of words."),
        ({"tags": [5]}, "tags: write a list of words."),
        ({"tags": ["a\0"]}, "tags: Null characters are not allowed."),
        ({"tags": ["a" * 101]}, "tags: Ensure this value has at most 100 characters (it has 101)."),
    ],
)
def test_bad_field_is_told_with_file_position_key_and_rule(fields, message):
    assert problems([record("catalog.aimodel", **MODEL | fields)]) == [
        f"f.json, record 1 (catalog.aimodel v3), {message}"
    ]
    assert AIModel.objects.count() == 0


def test_a_text_that_is_right_in_one_field_is_wrong_in_another_and_told_wherever_it_is():
    terms = [record("glossary.term", **TERM | {"slug": slug, "name": "draft"}) for slug in "abc"]
    terms[0]["fields"]["status"] = "draft"
    for term in terms[1:]:
        term["fields"]["created_at"] = "draft"

    told = "“draft” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format."
    assert problems(terms) == [
        f"f.json, record {number} (glossary.term {slug}), created_at: {told}" for number, slug in ((2, "b"), (3, "c"))
    ]


def test_a_number_that_is_right_is_no_truth_value():
    terms = [record("editorial.readingstep", address=f"/glossary/{n}/", why="x", order=n) for n in (1, True)]

    assert problems(terms) == [
        "f.json, record 2 (editorial.readingstep /glossary/True/), order: “True” is no value of this field. In YAML, "
        "write yes, no, on and off in quotes."
    ]


def test_bad_key_is_told_without_it():
    assert problems([record("glossary.term", **TERM | {"slug": [["deep"]] * 3})]) == [
        "f.json, record 1 (glossary.term), slug: write one text or number here."
    ]


def test_message_can_be_shown_whatever_the_record_holds():
    (message,) = problems([record("glossary.term", **TERM | {"slug": "a\0\ud800"})])

    assert message.encode().decode() == message
    assert "\0" not in message


def test_required_fields_are_all_told_of_new_records_alone():
    make.make_term(slug="known")

    assert problems([record("glossary.term"), record("glossary.term"), record("glossary.term", slug="new")]) == [
        "f.json, record 1 (glossary.term), name: this field is required.",
        "f.json, record 1 (glossary.term), slug: this field is required.",
        "f.json, record 1 (glossary.term), definition: this field is required.",
        "f.json, record 2 (glossary.term), name: this field is required.",
        "f.json, record 2 (glossary.term), slug: this field is required.",
        "f.json, record 2 (glossary.term), definition: this field is required.",
        "f.json, record 3 (glossary.term new), name: this field is required.",
        "f.json, record 3 (glossary.term new), definition: this field is required.",
    ]
    assert problems([record("glossary.term", slug="known", abbreviation="K")]) == []


def test_all_kinds_of_problems_are_told_in_one_run_and_nothing_is_written():
    make.make_paper(slug="old", arxiv_id="2412.19437")
    source = make.make_source(slug="report")

    told = problems(
        [
            record("glossary.term", **TERM),
            record("glossary.term", **TERM),
            record("catalog.aimodel", **MODEL, parameters_total=5, parameters_active=6),
            record("catalog.milestone", model=["v3"], text="Rests on what the database refuses"),
            record("catalog.aimodel", name="Bad", slug="bad", context_window="long"),
            record("catalog.milestone", model=["bad"], text="Rests on what is refused"),
            record("catalog.aimodel", name="V4", slug="v4", status="published", parameters_total=5),
            record("catalog.aimodel", name="V5", slug="v5", predecessor=["v6"]),
            record("catalog.aimodel", name="V6", slug="v6", predecessor=["v5"]),
            record("catalog.aimodel", name="V7", slug="v7", predecessor=["v7"]),
            record("research.paper", name="New", slug="new", category="data", arxiv_id="2412.19437"),
            record("research.organization", name="Lab", slug="lab", country="cn"),
            record(
                "catalog.citation", model=["v4"], field="released", source=[source.slug], stated="x", value="yesterday"
            ),
            record("catalog.score", model=["v4"], benchmark=["none"], source=["report"], value=1, measured_by="vendor"),
        ]
    )

    assert sorted(told) == sorted(
        [
            "f.json, record 5 (catalog.aimodel bad), context_window: “long” value must be an integer.",
            "f.json, record 12 (research.organization lab), country: Two capital letters, as in ISO 3166-1: "
            "“CN”, “US”.",
            "f.json, record 2 (glossary.term attention): f.json, record 1 (glossary.term attention) has the same key.",
            "f.json, record 14 (catalog.score v4 / none / report / vendor), benchmark: there is no research.benchmark "
            "“none”, here or in the files.",
            "f.json, record 11 (research.paper new): Another paper has this arXiv id. [research_paper_arxiv_id_once]",
            "f.json, record 3 (catalog.aimodel v3): Parameters active cannot exceed parameters total. "
            "[catalog_aimodel_parameters_active_at_most_parameters_total]",
            "f.json, record 10 (catalog.aimodel v7): Predecessor must be another entry. "
            "[catalog_aimodel_predecessor_not_itself]",
            "f.json, record 7 (catalog.aimodel v4): Parameters: a published model needs a citation for it. Add one, or "
            "empty the figure.",
            "f.json, record 13 (catalog.citation v4 / released / report / x): Released: “yesterday”. Write a date as "
            "2024-12-26, 2024-12 or 2024.",
            "f.json, record 8 (catalog.aimodel v5): This closes a circle: v5 ← v6 ← v5.",
        ]
    )
    assert (Term.objects.count(), AIModel.objects.count(), Paper.objects.count()) == (0, 0, 1)


def test_a_good_record_is_not_told_for_the_bad_ones_beside_it():
    model = make.make_model(slug="v3")
    source = make.make_source(slug="report")
    for stated, shown in (("A", True), ("B", False)):
        make.make_citation(model=model, source=source, field="licence", stated=stated, value="", shown=shown)
    key = {"model": ["v3"], "field": "licence", "source": ["report"]}

    assert problems(
        [
            record("catalog.citation", **key, stated="B", shown=True),
            record("catalog.citation", **key, stated="A", shown=False),
            record("catalog.aimodel", name="Bad", slug="bad", parameters_total=0),
        ]
    ) == [
        "f.json, record 3 (catalog.aimodel bad): Parameters total must be above zero. Leave it empty where it is "
        "unknown. [catalog_aimodel_parameters_total_positive]"
    ]
    assert Citation.objects.get(shown=True).stated == "A"


def test_values_that_change_places_are_told_clearly():
    make.make_modality(name="one", slug="a"), make.make_modality(name="two", slug="b")

    assert problems(
        [record("catalog.modality", name="two", slug="a"), record("catalog.modality", name="one", slug="b")]
    )[0] == ("f.json, record 1 (catalog.modality a): Another modality has this name.")


def test_references_may_point_forward_and_to_their_own_kind():
    write(
        record("catalog.milestone", model=["v2"], text="Won", source=["report"]),
        record("catalog.aimodel", name="V2", slug="v2", predecessor=["v1"]),
        record("catalog.aimodel", name="V1", slug="v1", organizations=[["lab"]]),
        record("glossary.term", **TERM, see_also=[["token"]]),
        record("glossary.term", name="Token", slug="token", definition="A piece."),
        record("research.organization", name="Lab", slug="lab"),
        record("research.source", name="Report", slug="report", url="https://example.org", kind="paper"),
    )

    assert AIModel.objects.get(slug="v2").predecessor.slug == "v1"
    assert AIModel.objects.get(slug="v2").milestones.get().source.slug == "report"
    assert AIModel.objects.get(slug="v1").organizations.get().slug == "lab"
    assert Term.objects.get(slug="attention").see_also.get().slug == "token"
    past = Term.history.get(slug="attention")
    assert [link.to_term.slug for link in past.see_also.all()] == ["token"]


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": ["FP8", "moe", "fp8"]},
        {"organizations": [["b"], ["a"], ["b"]]},
        {"publish_at": "2024-12-26T01:02:03"},
        {"publish_at": "2024-12-26"},
        {"publish_at": "2024-12-26T01:02:03+02:00"},
        {"updated_at": "2020-01-01T00:00:00Z", "name": "Renamed"},
        {"training_compute": "3.29e24"},
        {"name": 4},
    ],
)
def test_the_same_value_is_no_change(fields):
    make.make_organization(slug="a", name="Same"), make.make_organization(slug="b", name="Same")
    make.make_model(slug="v3", status="draft", tags=["fp8"], updated_at="2020-01-01T00:00:00Z")
    write(record("catalog.aimodel", slug="v3", **fields))
    before = list(AIModel.objects.values()), AIModel.history.count()

    again = read([record("catalog.aimodel", slug="v3", **fields)])
    again.write("Again")

    assert again.counts() == {"created": 0, "updated": 0, "unchanged": 1}
    assert (list(AIModel.objects.values()), AIModel.history.count()) == before


def test_a_changed_entry_carries_the_time_of_the_change_unless_the_file_states_one():
    make.make_term(slug="a", updated_at="2020-01-01T00:00:00Z")
    make.make_term(slug="b", updated_at="2020-01-01T00:00:00Z")

    write(
        record("glossary.term", slug="a", name="A"),
        record("glossary.term", slug="b", name="B", updated_at="2020-01-01T00:00:00Z"),
    )

    years = {term.slug: term.updated_at.year for term in Term.objects.all()}
    assert years["a"] > 2020
    assert years["b"] == 2020


def test_many_records_ask_no_more_than_few(django_assert_max_num_queries):
    def records(count):
        return [
            record("catalog.aimodel", name=f"V{n}", slug=f"v{n}", tags=["moe"], organizations=[["lab"]])
            for n in range(count)
        ]

    make.make_organization(slug="lab")
    write(*records(30))

    with django_assert_max_num_queries(12):
        again = read(records(30))

    assert again.counts()["unchanged"] == 30
