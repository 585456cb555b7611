"""The network: a transformer encoder over windows of an article, and a small decoder that reads every quote at once.

An article's windows are encoded in one pass and joined again into one sequence of token vectors. Each quote becomes a
query vector, made of the tokens at and around its marks. The queries look at one another (what the previous quote was
credited to is evidence for the next) and at the article's tokens, and then point: to the mention of the speaker, to
the mentions that carry the speaker's name, and to the mention of the outlet, each a pair of distributions over start
and end tokens with one place more for "none" (pointer networks: Vinyals, Fortunato and Jaitly, NeurIPS 2015).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own idiom
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel

from service.attribution.model.config import CHOICES, LONGEST, POINTERS, AttributionConfig
from service.attribution.model.features import FEATURE_SIZES, SHAPE_FEATURES
from service.attribution.model.inputs import QuoteInputs
from service.attribution.model.outputs import OUT_OF_REACH, QuoteLogits, SpanScores
from service.attribution.model.ranking import CandidateScorer
from service.attribution.model.transitions import TransitionHead

_TOKEN_DISTANCES: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048)
_MENTION_REACH: Final = 384
"""Tokens from a quote within which its mention is sought: 99 of 100 stand a hundred away at most."""
_PARAGRAPH_DISTANCES: Final = (1, 2, 3, 4, 6, 10, 20)
_QUOTE_DISTANCES: Final = (1, 2, 3, 4, 6, 10, 20)


class AttributionModel(PreTrainedModel):
    """Encoder over windows (:meth:`encode`) and decoder over one article's quotes (:meth:`attribute`)."""

    config_class = AttributionConfig
    config: AttributionConfig
    base_model_prefix = "attribution"

    def __init__(self, config: AttributionConfig) -> None:
        super().__init__(config)
        encoder_config = AutoConfig.for_model(**config.encoder)
        self.encoder = AutoModel.from_config(encoder_config, **_encoder_options(encoder_config))
        width = encoder_config.hidden_size
        self.features = nn.ModuleList(nn.Embedding(n, width) for n in FEATURE_SIZES.values())
        self.decoder = QuoteDecoder(config, width)
        self.speakers = CandidateScorer(len(config.speaker_features), config.scorer_width)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)
        elif isinstance(module, PointerHeads):
            nn.init.normal_(module.none, std=0.02)

    def encode(self, ids: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """Token vectors [W, L, D] of W windows of L tokens: ``ids`` and ``mask`` [W, L], ``features`` [W, L, F]."""
        vectors = self.encoder.get_input_embeddings()(ids)
        for column, embedding in enumerate(self.features):
            vectors = vectors + embedding(features[..., column])
        hidden: Tensor = self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        return hidden

    def attribute(self, vectors: Tensor, quotes: QuoteInputs) -> QuoteLogits:
        """Answers for all quotes among the tokens with these vectors [T, D], an article's or a part of them."""
        logits: QuoteLogits = self.decoder(vectors, quotes)
        return logits


def _encoder_options(encoder_config: PretrainedConfig) -> dict[str, Any]:
    """A BERT's pooler is left out where there is one: nothing reads it."""
    return {"add_pooling_layer": False} if encoder_config.model_type in {"bert", "roberta"} else {}


class QuoteDecoder(nn.Module):
    """Quote queries, their layers, and the heads that answer."""

    def __init__(self, config: AttributionConfig, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(5 * width, config.quote_width)
        self.shape = nn.Linear(len(SHAPE_FEATURES), config.quote_width, bias=False)
        self.layers = nn.ModuleList(QuoteLayer(config, width) for _ in range(config.quote_layers))
        self.norm = nn.LayerNorm(config.quote_width)
        self.pointers = PointerHeads(config, width)
        self.transitions = TransitionHead(config, width)
        self.choices = nn.Linear(config.quote_width, sum(map(len, CHOICES.values())))
        self.dropout = nn.Dropout(config.head_dropout)

    def forward(self, tokens: Tensor, quotes: QuoteInputs) -> QuoteLogits:
        """``tokens`` [T, D], in the encoder's precision; the decoder's own is float32."""
        own = tokens.to(self.norm.weight.dtype)
        states = F.gelu(self.query(_around_marks(own, quotes))) + self.shape(quotes.shape.to(own.dtype))
        places = _Places.of(quotes, len(tokens))
        for layer in self.layers:
            states = layer(states, tokens, places)
        states = self.dropout(self.norm(states))
        pointers = self.pointers(states, own, places, quotes.regions)
        choices = self.choices(states).float().split([len(answers) for answers in CHOICES.values()], dim=1)
        transitions = self.transitions(states, own, quotes, pointers)
        return QuoteLogits(dict(zip(CHOICES, choices, strict=True)), pointers, transitions)


def _around_marks(vectors: Tensor, quotes: QuoteInputs) -> Tensor:
    """Per quote, side by side: its first and last token, the mean between, the tokens before and after. [Q, 5 D]"""
    first, last = quotes.first, quotes.last
    before, after = (first - 1).clamp(min=0), (last + 1).clamp(max=len(vectors) - 1)
    return torch.cat(
        (vectors[first], vectors[last], _means(vectors, first, last), vectors[before], vectors[after]), dim=1
    )


def _means(vectors: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """The mean of the vectors from each ``first`` to its ``last``, both inclusive. [Q, D]"""
    lengths = last + 1 - first
    begins = lengths.cumsum(0) - lengths
    inside = torch.arange(int(lengths.sum()), device=first.device) - begins.repeat_interleave(lengths)
    return F.embedding_bag(first.repeat_interleave(lengths) + inside, vectors, begins, mode="mean")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand from each quote, in buckets: tokens [Q, T] by tokens and paragraphs at once, quotes [Q, Q]
    in order. ``hidden`` [Q, Q] marks the unmarked quotes, which only they themselves look at, ``far`` [Q, T] the
    tokens too far off for a mention."""

    tokens: Tensor
    order: Tensor
    hidden: Tensor
    far: Tensor

    N_TOKENS = 2 * len(_TOKEN_DISTANCES) + 1
    N_PARAGRAPHS = 2 * len(_PARAGRAPH_DISTANCES) + 1
    N_ORDER = 2 * len(_QUOTE_DISTANCES) + 1

    @classmethod
    def of(cls, quotes: QuoteInputs, n_tokens: int) -> _Places:
        position = torch.arange(n_tokens, dtype=torch.int32, device=quotes.first.device)
        first, last = quotes.first[:, None], quotes.last[:, None]
        line = quotes.paragraphs.int()
        tokens = _beyond(position, first.int(), last.int())
        paragraphs = _beyond(line, line[first], line[last])
        rank = torch.arange(len(quotes.first), device=position.device)
        unmarked = quotes.shape[:, SHAPE_FEATURES.index("unmarked")].bool()
        hidden = unmarked[None, :] & (rank[None, :] != rank[:, None])
        return cls(
            _bucket(tokens, _TOKEN_DISTANCES) * cls.N_PARAGRAPHS + _bucket(paragraphs, _PARAGRAPH_DISTANCES),
            _bucket(rank[None, :] - rank[:, None], _QUOTE_DISTANCES),
            hidden,
            tokens.abs() > _MENTION_REACH,
        )

    def of_tokens(self, by_tokens: nn.Embedding, by_paragraphs: nn.Embedding) -> Tensor:
        """The sum of both embeddings of each token's distance from each quote, looked up as one. [H, Q, T]"""
        both = by_tokens.weight[:, None] + by_paragraphs.weight[None]
        return _looked_up(both.flatten(0, 1), self.tokens)

    def of_quotes(self, by_order: nn.Embedding) -> Tensor:
        """The embedding of each quote's distance from each, or what keeps it from being looked at. [H, Q, Q]"""
        return _looked_up(by_order.weight, self.order).masked_fill(self.hidden, OUT_OF_REACH)


def _beyond(position: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """How far each position stands before ``first`` (negative) or after ``last``; 0 between."""
    return position - torch.clamp(position, first, last)


def _bucket(distance: Tensor, edges: tuple[int, ...]) -> Tensor:
    """Signed distances to bucket numbers: 0 in the middle, growing steps to both sides."""
    mirrored = [1 - edge for edge in reversed(edges)]
    both_sides = torch.tensor([*mirrored, *edges], dtype=distance.dtype, device=distance.device)
    return torch.bucketize(distance, both_sides, right=True, out_int32=True)


def _looked_up(table: Tensor, buckets: Tensor) -> Tensor:
    """The entries [N, H] of a table by their numbers [A, B], one plane for each column. [H, A, B]"""
    return table.T.index_select(1, buckets.flatten()).view(-1, *buckets.shape)


class QuoteLayer(nn.Module):
    """One layer of the decoder: quotes look at quotes, then at tokens, then think; residual, normalised first."""

    def __init__(self, config: AttributionConfig, width: int) -> None:
        super().__init__()
        own = config.quote_width
        self.among_quotes = BiasedAttention(own, own, config.quote_heads)
        self.over_tokens = BiasedAttention(own, width, config.quote_heads)
        self.order_bias = nn.Embedding(_Places.N_ORDER, config.quote_heads)
        self.token_bias = nn.Embedding(_Places.N_TOKENS, config.quote_heads)
        self.paragraph_bias = nn.Embedding(_Places.N_PARAGRAPHS, config.quote_heads)
        self.think = nn.Sequential(nn.Linear(own, 2 * own), nn.GELU(), nn.Linear(2 * own, own))
        self.norms = nn.ModuleList(nn.LayerNorm(own) for _ in range(3))
        self.dropout = nn.Dropout(config.head_dropout)

    def forward(self, states: Tensor, tokens: Tensor, places: _Places) -> Tensor:
        normal = self.norms[0](states)
        states = states + self.dropout(self.among_quotes(normal, normal, places.of_quotes(self.order_bias)))
        distance = places.of_tokens(self.token_bias, self.paragraph_bias)
        states = states + self.dropout(self.over_tokens(self.norms[1](states), tokens, distance))
        thought: Tensor = self.dropout(self.think(self.norms[2](states)))
        return states + thought


class BiasedAttention(nn.Module):
    """Multi-head attention of queries [Q, D] over vectors [K, E], with a bias per head and pair [H, Q, K].

    The map to keys is applied to the queries and the map to values to what they gather, instead of both to all K
    vectors: the same sums in another order, and queries are few (DeepSeek-AI, DeepSeek-V2, 2024, section 2.1).
    """

    def __init__(self, width: int, key_width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(key_width, width, bias=False)
        self.value = nn.Linear(key_width, width)
        self.out = nn.Linear(width, width)

    def forward(self, queries: Tensor, attended: Tensor, bias: Tensor) -> Tensor:
        keys, values = (m.weight.view(self.heads, -1, m.in_features) for m in (self.key, self.value))  # [H, D / H, E]
        asked = self.query(queries).view(len(queries), self.heads, -1).transpose(0, 1) @ keys  # [H, Q, E]
        q, k, b = (x[None, None] for x in (asked.flatten(0, 1), attended, bias.flatten(0, 1)))
        scale = 1 / math.sqrt(keys.shape[1])
        gathered = F.scaled_dot_product_attention(q.to(k.dtype), k, k, b.to(k.dtype), scale=scale)
        mixed = gathered.to(queries.dtype).view_as(asked) @ values.mT  # [H, Q, D / H]
        joined: Tensor = self.out(mixed.transpose(0, 1).flatten(1) + self.value.bias)
        return joined


class PointerHeads(nn.Module):
    """Scores of each pointer's spans and of "none".

    Each pointer also sees what the ones before it point to: whose name it is depends on who "she" is, and which outlet
    is credited on who speaks.
    """

    def __init__(self, config: AttributionConfig, width: int) -> None:
        super().__init__()
        own, self.width = config.quote_width, config.pointer_width
        self.queries = nn.ModuleDict({name: nn.Linear(own, 2 * self.width) for name in POINTERS})
        self.keys = nn.ModuleDict({name: nn.Linear(width, 2 * self.width) for name in POINTERS})
        self.token_bias = nn.Embedding(_Places.N_TOKENS, 2 * len(POINTERS))
        self.paragraph_bias = nn.Embedding(_Places.N_PARAGRAPHS, 2 * len(POINTERS))
        self.none = nn.Parameter(torch.zeros(2 * len(POINTERS), self.width))
        self.seen = nn.ModuleDict({name: nn.Linear(width, own) for name in POINTERS[:-1]})

    def forward(self, states: Tensor, tokens: Tensor, places: _Places, regions: Tensor) -> dict[str, SpanScores]:
        biases = places.of_tokens(self.token_bias, self.paragraph_bias).chunk(len(POINTERS))
        nones = self.none.chunk(len(POINTERS))
        found: dict[str, SpanScores] = {}
        for name, bias, none in zip(POINTERS, biases, nones, strict=True):
            reachable = bias.masked_fill(places.far, OUT_OF_REACH) if name == "mention" else bias
            scores, absent = self._scores(name, states, tokens, reachable, none)
            if name in self.seen:
                weights = torch.cat((scores, absent[..., None]), dim=2).softmax(2).mean(0)[:, :-1]
                states = states + self.seen[name](weights @ tokens)
            found[name] = SpanScores(scores[0], scores[1], absent.sum(0), allowed_lengths(regions, LONGEST[name]))
        return found

    def _scores(self, name: str, states: Tensor, tokens: Tensor, bias: Tensor, none: Tensor) -> tuple[Tensor, Tensor]:
        """Those of starts and of ends [2, Q, T], and both parts of that of "none" [2, Q]."""
        keys = cast(nn.Linear, self.keys[name])
        weight, shift = keys.weight.view(2, self.width, -1), keys.bias.view(2, self.width, 1)
        queries = self.queries[name](states).view(-1, 2, self.width).transpose(0, 1) / math.sqrt(self.width)
        scores = (queries @ weight) @ tokens.T + queries @ shift + bias
        return scores.float(), (queries @ none[..., None]).squeeze(2).float()


def allowed_lengths(regions: Tensor, longest: int) -> Tensor:
    """Which lengths, from one on, a span may have from each token: all of it lies in one region. [T, L]"""
    steps = [F.pad(regions[step:], (0, min(step, len(regions))), value=-2) == regions for step in range(longest)]
    return torch.stack(steps, dim=1) & (regions >= 0)[:, None]


AutoConfig.register(AttributionConfig.model_type, AttributionConfig)  # so that the auto classes know such a directory
