"""Words for a made-up collection: as unevenly spread as those of a language."""

from itertools import accumulate, product
from random import Random

# The most frequent first. Every other text has the first dozen; the invented words behind them grow ever rarer.
COMMON = (
    "the of a and to in model with is for on data training that by language as attention are it tokens from parameters "
    "which at learning was benchmark network layers weights open reasoning experts than code images research long text "
    "context scale cost vision compute speech sparse video deep agents"
)
QUALITIES = (
    "sparse dense latent causal rotary grouped masked gated deep shallow linear local global hybrid neural hidden "
    "recurrent residual cross multi contrastive adaptive speculative quantized distilled pruned frozen staged shared "
    "relative absolute joint paired ranked guided tuned cached streamed layered routed"
)
THINGS = (
    "attention embedding decoding routing pooling sampling tuning scaling alignment distillation normalization "
    "compression retrieval reasoning pretraining tokenization quantization pruning caching batching masking gating "
    "projection regression reward policy critic memory window cache head layer block kernel gradient objective loss "
    "curriculum corpus prompt planning search ranking fusion adapter merging parsing ensemble dropout warmup"
)
ONSETS = "b c d f g k l m n p r s t v z br kr st"
INVENTED = 20_000


class Words:
    """Texts and names by chance. Rank r of a word comes r times as seldom as the first (Zipf's law)."""

    def __init__(self, chance: Random):
        self.chance = chance
        syllables = [onset + vowel for onset, vowel in product(ONSETS.split(), "aeiou")]
        invented: dict[str, None] = {}
        while len(invented) < INVENTED:
            invented["".join(chance.choices(syllables, k=3))] = None
        self.invented = list(invented)
        self.ranked = [*COMMON.split(), *self.invented]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.ranked) + 1)))
        self.terms = [f"{quality} {thing}" for quality, thing in product(QUALITIES.split(), THINGS.split())]

    def name(self, number: int) -> str:
        """A name that no other number has: an invented word, and its number where those run out."""
        turn, place = divmod(number, INVENTED)
        return self.invented[-1 - place].capitalize() + (f" {turn + 1}" if turn else "")

    def sentence(self, length: int) -> str:
        return " ".join(self.chance.choices(self.ranked, cum_weights=self.weights, k=length)).capitalize() + "."

    def prose(self, sentences: int) -> str:
        """Sentences of some twelve words; every second one ends with a term of the glossary."""
        written = [self.sentence(self.chance.randint(6, 18)) for _ in range(sentences)]
        for place in range(1, sentences, 2):
            written[place] = f"{written[place][:-1]} {self.chance.choice(self.terms)}."
        return " ".join(written)
