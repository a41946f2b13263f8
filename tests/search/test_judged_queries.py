"""What readers type, and the entry that they expect among the first three of the whole starter collection."""

import pytest

from search.engine import search
from search.models import Document
from search.query import parse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_collection")]

JUDGED = {
    # Names, however they are written.
    "deepseek": "organization deepseek",
    "DeepSeek V3": "model deepseek-v3",
    "deepseek-v3": "model deepseek-v3",
    "deepseekv3": "model deepseek-v3",
    "deepseek r1": "model deepseek-r1",
    "GPT-4": "model gpt-4",
    "gpt4": "model gpt-4",
    "gpt 4.1": "model gpt-4-1",
    "gpt4o mini": "model gpt-4o-mini",
    "4o": "model gpt-4o",
    "chatgpt": "model gpt-3-5-turbo",
    "instruct gpt": "model instructgpt",
    "claude": "family claude",
    "claude 3.5 sonnet": "model claude-3-5-sonnet",
    "opus 4.5": "model claude-opus-4-5",
    "sonnet": "model claude-sonnet-4",
    "llama": "family llama",
    "llama3": "model llama-3-8b",
    "llama 3.1 405b": "model llama-3-1-405b",
    "405b": "model llama-3-1-405b",
    "qwen 2.5": "model qwen2-5-72b",
    "qwen2.5 coder": "model qwen2-5-coder-32b",
    "Command R+": "model command-r-plus",
    "command r": "model command-r",
    "mixtral 8x7b": "model mixtral-8x7b",
    "o1": "model o1",
    "k2 thinking": "model kimi-k2-thinking",
    "gemini 2.5 pro": "model gemini-2-5-pro",
    "alphago zero": "model alphago-zero",
    "pangu alpha": "model pangu-alpha",
    "yolo": "model yolo",
    "word2vec": "model word2vec",
    "perceptron": "model perceptron",
    # Organizations.
    "openai": "organization openai",
    "Mistral AI": "organization mistral-ai",
    "google deepmind": "organization deepmind",
    "meta": "organization meta",
    "zhipu": "organization zhipu-ai",
    "nvidia": "organization nvidia",
    "allen institute": "organization allen-institute-for-ai",
    # Words of the field, and their short forms.
    "MoE": "term mixture-of-experts",
    "mixture of experts": "term mixture-of-experts",
    "mixture-of-experts": "term mixture-of-experts",
    "what is mixture of experts": "term mixture-of-experts",
    "MLA": "term multi-head-latent-attention",
    "RAG": "term retrieval-augmented-generation",
    "RLHF": "term rlhf",
    "reinforcement learning from human feedback": "term rlhf",
    "kv cache": "term kv-cache",
    "chain of thought": "term chain-of-thought",
    "cot": "term chain-of-thought",
    "scaling law": "term scaling-laws",
    "quantized": "term quantization",
    "tokenizer": "term tokenization",
    "attention": "term attention",
    "hallucinations": "term hallucination",
    "lora": "term lora",
    "diffusion": "term diffusion-model",
    "context length": "term context-window",
    "GRPO": "term grpo",
    # Papers and people.
    "attention is all you need": "paper attention-is-all-you-need",
    "vaswani": "paper attention-is-all-you-need",
    "1706.03762": "paper attention-is-all-you-need",
    "https://arxiv.org/abs/1706.03762": "paper attention-is-all-you-need",
    "arXiv:2412.19437": "paper deepseek-v3-technical-report",
    "kaplan scaling laws": "paper scaling-laws",
    "stochastic parrots": "paper stochastic-parrots",
    "deepseek v3 technical report": "paper deepseek-v3-technical-report",
    "tree of thoughts": "paper tree-of-thoughts",
    "kingma welling": "paper variational-autoencoder",
    '"lottery ticket"': "paper lottery-ticket",
    # Benchmarks.
    "MMLU": "benchmark mmlu",
    "swe-bench verified": "benchmark swe-bench-verified",
    "swebench": "benchmark swe-bench",
    "humanity's last exam": "benchmark hle",
    "HLE": "benchmark hle",
    "gsm8k": "benchmark gsm8k",
    "arc agi 2": "benchmark arc-agi-2",
    "massive multitask": "benchmark mmlu",
    # Slips.
    "deepsek": "organization deepseek",
    "lama 3": "model llama-3-8b",
    "transfomer": "term transformer",
    "antropic": "organization anthropic",
    "gtp-4": "model gpt-4",
    "jemini": "family gemini",
    "mixture of expers": "term mixture-of-experts",
    "minstral large": "model mistral-large-2",
    "alphafol 2": "model alphafold-2",
    "retreival augmented": "term retrieval-augmented-generation",
    "claud opus": "model claude-opus-4",
    "halucination": "term hallucination",
    # Without accents, and begun.
    "pangu-α": "model pangu-alpha",
    "montreal": "organization university-of-montreal",
    "multi-head lat": "term multi-head-latent-attention",
    "benchmark contam": "term benchmark-contamination",
}


def first_three(query: str) -> list[str]:
    results = search(parse(query))
    ranks = results.ranks(3, *results.counts)
    documents = Document.objects.in_bulk(list(ranks))
    best = sorted(ranks, key=lambda id: (*ranks[id][:2], id >> 56 == 8, *ranks[id][2:], id))[:3]
    return [f"{documents[id].kind} {documents[id].slug}" for id in best]


@pytest.mark.parametrize(("query", "expected"), JUDGED.items(), ids=str)
def test_what_is_meant_is_among_the_first_three(query, expected):
    assert expected in first_three(query)


def test_enough_is_judged():
    assert len(JUDGED) >= 90
    assert {expected.split()[0] for expected in JUDGED.values()} == {
        "benchmark", "family", "model", "organization", "paper", "term"
    }  # fmt: skip
