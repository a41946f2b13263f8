import io

import pytest
from PIL import Image

from core import cards, lettering
from core.cards import HEIGHT, WIDTH, Card, card_response, drawn

FIGURES = (("Parameters", "671B (37B active)"), ("Context window", "128K tokens"), ("Released", "26 December 2024"))
UGLY = {
    "empty": "",
    "blank": " \n\t ",
    "long": "The long name of a model " * 10,
    "one word": "W" * 250,
    "unbroken": "x" * 5_000,
    "NUL": "a\x00b\x1f",
    "right to left": "نموذج لغوي \u202e",
    "no font has it": "\ue000\ufffe\U0010ffff",
    "emoji": "👩‍🚀🚀",
    "CJK": "文心一言",
    "script": "</script><b>&amp;",
    "marks": "e" + "\u0301" * 50,
}


def picture(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(drawn(card)))


def test_card_is_a_light_picture_of_the_size_that_previews_ask_for():
    card = Card("Model", "DeepSeek V3", "deepseek-v3", "DeepSeek", "A model. " * 40, FIGURES)

    image = picture(card)

    assert (image.format, image.mode, image.size) == ("PNG", "P", (WIDTH, HEIGHT))
    assert 5_000 < len(drawn(card)) < 60_000
    assert len(image.getcolors()) <= 16


def test_card_is_drawn_the_same_every_time():
    card = Card("Model", "DeepSeek V3", "deepseek-v3", "DeepSeek", "A model.", FIGURES)
    first = drawn(card)

    drawn.cache_clear()

    assert drawn(card) == first
    assert drawn(Card("Model", "DeepSeek V2", "deepseek-v2")) != first


@pytest.mark.parametrize("text", UGLY.values(), ids=UGLY)
def test_card_takes_any_text_anywhere(text):
    image = picture(Card(text, text, "a-slug", text, text, ((text, text), (text, text))))

    assert image.size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    "card",
    [
        Card("Model", "W" * 250, "w", "W" * 250, "W" * 900, FIGURES),
        Card("Paper", "Pushing the Frontier with Advanced Reasoning " * 5, "p", "x " * 200, "y " * 500),
    ],
)
def test_nothing_is_drawn_past_the_margin(card, monkeypatch):
    monkeypatch.setattr(cards, "_decorate", lambda ink: None)
    for kept in (cards._begun, drawn):
        kept.cache_clear()

    image = picture(card).convert("L").point(lambda value: 255 * (value < 240))

    for kept in (cards._begun, drawn):
        kept.cache_clear()
    left, top, right, bottom = image.getbbox()
    assert left >= 60
    assert right <= WIDTH - 60
    assert top >= 40
    assert bottom <= HEIGHT - 16


def test_name_that_cannot_be_drawn_is_written_as_its_address(monkeypatch):
    monkeypatch.setattr(lettering, "_ELSEWHERE", ())
    for kept in (lettering._kept, lettering._rank, lettering._chain, cards._begun, drawn):
        kept.cache_clear()

    chinese, latin = drawn(Card("Model", "通义千问 2", "tongyi-qianwen-2")), drawn(Card("Model", "tongyi qianwen 2"))

    for kept in (lettering._kept, lettering._rank, lettering._chain, cards._begun, drawn):
        kept.cache_clear()
    assert chinese == latin


def test_card_says_in_words_what_it_shows():
    card = Card("Model", "DeepSeek V3", "deepseek-v3", "DeepSeek", "A model.", FIGURES[:2])

    assert card.alt == (
        "Card of Descent: DeepSeek V3, Model, DeepSeek: parameters 671B (37B active), context window 128K tokens"
    )


def test_card_is_answered_as_a_picture():
    card = Card("Model", "DeepSeek V3")

    answer = card_response(card)

    assert (answer["Content-Type"], answer.content) == ("image/png", drawn(card))
    assert answer["Cache-Control"] == "public, max-age=3600"
