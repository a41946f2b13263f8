"""One address of every kind of page, and what tests ask of any page."""

from playwright.sync_api import Page

MODEL = "/models/deepseek-v3/"
COMPARISON = "/compare/?models=deepseek-v3,deepseek-v2,deepseek-r1"
LISTS = {
    "models": "/models/",
    "families": "/families/",
    "tags": "/tags/",
    "glossary": "/glossary/",
    "organizations": "/organizations/",
    "sources": "/sources/",
    "papers": "/papers/",
    "benchmarks": "/benchmarks/",
}
# What the head of the site leads to.
SECTIONS = LISTS | {"compare": "/compare/", "lineage": "/lineage/", "timeline": "/timeline/"}
# What narrows each list to fewer entries, but some.
NARROWED = {
    "models": "openness=open_weight&parameters_min=100B&order=-parameters",
    "families": "organization=deepseek",
    "tags": "q=fp8",
    "glossary": "q=attention",
    "organizations": "kind=university",
    "sources": "kind=paper",
    "papers": "category=architecture",
    "benchmarks": "q=math",
}
FILTERED = {
    **{
        f"{name}, filtered and with an error": f"{address}?{NARROWED[name]}&per_page=banana"
        for name, address in LISTS.items()
    },
    "models, with every error": "/models/?openness=none&released_after=x&parameters_min=banana&context_min=-1&q=%00",
    "models, none found": "/models/?q=nothing+is+called+so",
    "models, a page of many": "/models/?per_page=2&page=2",
    "models, as cards": "/models/?view=cards&columns=licence,openness",
    "models, all values of a facet": "/models/?facet=organization&openness=open_weight",
}
OTHERS = {
    "home": "/",
    "a model": MODEL,
    "a family": "/families/deepseek/",
    "a tag": "/tags/fp8/",
    "a term": "/glossary/mixture-of-experts/",
    "a paper": "/papers/deepseek-v2/",
    "a benchmark": "/benchmarks/mmlu/",
    "a benchmark, filtered and with an error": "/benchmarks/mmlu/?measured_by=vendor&order=date&per_page=2&rows=worst",
    "a benchmark, all settings": "/benchmarks/mmlu/?facet=setting",
    "a benchmark without scores": "/benchmarks/math/",
    "an organization": "/organizations/deepseek/",
    "a source": "/sources/deepseek-v3-technical-report/",
    "start here": "/start/",
    "open data": "/api/",
    "a report": "/models/deepseek-v3/report/",
    "a history": "/models/deepseek-v3/history/",
    "what changed": "/changes/",
    "disagreements": "/disagreements/",
    "disagreements, filtered and with an error": "/disagreements/?figure=released&order=-days&ratio_min=banana",
    "the lineage graph": "/lineage/",
    "a lineage": "/lineage/?model=deepseek-v3&depth=all",
    "a lineage, with errors": "/lineage/?model=DeepSeek&depth=x&kind=x",
    "a relation": "/lineage/?from=deepseek-r1&to=deepseek-v2",
    "the timeline": "/timeline/",
    "the timeline of scores, with an error": "/timeline/?y=benchmark:mmlu&color=openness&highlight=deepseek-v3&scale=x",
    "search, some found": "/search/?q=attention",
    "search, none found": "/search/?q=nothing+is+called+so",
    "search, respelled": "/search/?q=deepsek",
    "search, by operators": "/search/?q=org:deepseek+params:%3E100b+foo:v3",
    "search, as of a day": "/search/?q=deepseek&as_of=2024-06",
    "search, with errors": "/search/?q=params:banana+type:poem+attention&as_of=banana",
    "comparison": COMPARISON,
    "comparison, of five and with an error": f"{COMPARISON},nobody,deepseek-llm-67b,deepseek-v3-base",
    "comparison, none chosen": "/compare/",
    "not found": "/models/no-such-model/",
}
PUBLIC = LISTS | FILTERED | OTHERS
MISSING = {PUBLIC["not found"]}
ADMIN = {
    "index": "/admin/",
    "an app": "/admin/catalog/",
    "a list": "/admin/catalog/aimodel/",
    "a list, filtered": "/admin/catalog/aimodel/?status__exact=published&q=deepseek",
    "a model": "/admin/catalog/aimodel/{deepseek-v3}/change/",
    "a model's history": "/admin/catalog/aimodel/{deepseek-v3}/history/",
    "a model as it was": "/admin/catalog/aimodel/{deepseek-v3}/history/{change}/",
    "a model to be restored": "/admin/catalog/aimodel/{deepseek-v3}/history/{change}/restore/",
    "a model to be deleted": "/admin/catalog/aimodel/{deepseek-v3}/delete/",
    "deleted models": "/admin/catalog/aimodel/deleted/",
    "two models to be merged": "/admin/catalog/aimodel/merge/?stays={deepseek-v3}&goes={deepseek-v3-base}",
    "changes": "/admin/editorial/change/",
    "changes, filtered": "/admin/editorial/change/?act__exact=imported&kind=catalog.aimodel&q=deepseek",
    "a change": "/admin/editorial/change/{change}/change/",
    "a new term": "/admin/glossary/term/add/",
    "a new paper, pasted in vain": "/admin/research/paper/add/?identifier=banana",
    "a new source, which is there": "/admin/research/source/add/?identifier=2412.19437",
    "parts": "/admin/catalog/score/",
    "proposals": "/admin/editorial/proposal/",
    "a file to bring in": "/admin/editorial/proposal/upload/",
    "a search": "/admin/search/?q=deepseek",
    "offers": "/admin/upkeep/offers/",
    "unresolved parents": "/admin/upkeep/parents/",
    "unfinished models": "/admin/upkeep/soft/",
    "unchecked models": "/admin/upkeep/stale/",
    "members": "/admin/auth/user/",
    "failed logins": "/admin/axes/accessattempt/",
    "one's own second factor": "/admin/second-factor/",
}


def go(page: Page, address: str) -> None:
    """Opens a page that must be there, or one that must not, and waits for its fonts."""
    response = page.goto(address)
    assert response.status == (404 if address in MISSING else 200), address
    page.evaluate("document.fonts.ready.then(() => 0)")


def tab_to(page: Page, selector: str, *, presses: int = 100) -> int:
    """Presses Tab until the focus is on what `selector` matches; says how often."""
    for press in range(1, presses + 1):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return press
    raise AssertionError(f"{presses} times Tab lead nowhere near {selector}")


def texts(page: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]
