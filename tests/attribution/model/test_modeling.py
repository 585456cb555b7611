"""The network's shapes, who may look at whom, and that it survives being saved."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor
from transformers import AutoConfig

from service.attribution.model.checkpoint import Checkpoint
from service.attribution.model.config import CHOICES, LONGEST, POINTERS, TRANSITIONS, AttributionConfig
from service.attribution.model.features import FEATURE_SIZES, SHAPE_FEATURES
from service.attribution.model.inputs import QuoteInputs
from service.attribution.model.modeling import AttributionModel, allowed_lengths
from service.attribution.model.outputs import OUT_OF_REACH, QuoteLogits
from tests.attribution.model.rows import row_of_tokens
from tests.tiny_model import OVERLAP, WINDOW

N_TOKENS = 40
few = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def model(checkpoint: Checkpoint) -> AttributionModel:
    return checkpoint.model


UNMARKED = SHAPE_FEATURES.index("unmarked")


def quotes(firsts: Iterable[int], unmarked: Sequence[int] = (), n_tokens: int = N_TOKENS) -> QuoteInputs:
    """Quotes of three tokens, in paragraphs of ten; ``unmarked`` are those without quotation marks, by their index."""
    first = torch.tensor(list(firsts))
    marks = {mark for at in first.tolist() for mark in (at, at + 2)}
    shape = torch.zeros(len(first), len(SHAPE_FEATURES), dtype=torch.long)
    shape[list(unmarked), UNMARKED] = 1
    return QuoteInputs(
        first=first,
        last=first + 2,
        shape=shape,
        paragraphs=torch.arange(n_tokens) // 10,
        regions=torch.from_numpy(row_of_tokens(n_tokens, 10, marks).regions),
    )


def vectors(n_tokens: int = N_TOKENS) -> Tensor:
    return torch.randn(n_tokens, 32, generator=torch.Generator().manual_seed(0))


def attribute(model: AttributionModel, inputs: QuoteInputs) -> QuoteLogits:
    with torch.inference_mode():
        return model.attribute(vectors(len(inputs.paragraphs)), inputs)


def of_quote(logits: QuoteLogits, i: int) -> Tensor:
    """All that is answered for one quote alone, in one row."""
    pointers = [
        row for scores in logits.pointers.values() for row in (scores.starts[i], scores.ends[i], scores.none[i : i + 1])
    ]
    return torch.cat([*(answers[i] for answers in logits.choices.values()), *pointers])


def test_shapes_of_the_answers(model: AttributionModel) -> None:
    logits = attribute(model, quotes([0, 12, 37]))
    assert {name: tuple(t.shape) for name, t in logits.choices.items()} == {n: (3, len(c)) for n, c in CHOICES.items()}
    for name in POINTERS:
        scores = logits.pointers[name]
        assert scores.starts.shape == scores.ends.shape == (3, N_TOKENS)
        assert (scores.none.shape, scores.allowed.shape) == ((3,), (N_TOKENS, LONGEST[name]))
    assert logits.transitions.shape == (2, len(TRANSITIONS))
    assert all(torch.isfinite(of_quote(logits, i)).all() for i in range(3))


def test_none_has_a_score_of_its_own(model: AttributionModel) -> None:
    changed = copy.deepcopy(model)
    with torch.no_grad():
        changed.decoder.pointers.none.mul_(2)
    before, after = (attribute(m, quotes([0, 12])).pointers["mention"] for m in (model, changed))
    assert torch.equal(after.starts, before.starts)
    torch.testing.assert_close(after.none, 2 * before.none)


def test_a_single_quote_has_no_transitions(model: AttributionModel) -> None:
    assert attribute(model, quotes([12])).transitions.shape == (0, len(TRANSITIONS))


def test_a_mention_is_sought_near_the_quote_and_other_spans_everywhere(model: AttributionModel) -> None:
    logits = attribute(model, quotes([500], n_tokens=1000))
    near = (logits.pointers["mention"].starts > OUT_OF_REACH / 2)[0].nonzero().flatten()
    assert (near[0].item(), near[-1].item(), len(near)) == (500 - 384, 502 + 384, 2 * 384 + 3)
    assert (logits.pointers["outlet"].starts > OUT_OF_REACH / 2).all()


@given(
    n_tokens=st.integers(1, 40),
    paragraph_of=st.integers(1, 40),
    marks=st.sets(st.integers(0, 39), max_size=8),
    longest=st.integers(1, 50),
)
@settings(deadline=None)
def test_a_span_may_have_the_lengths_that_keep_it_in_its_region(
    n_tokens: int, paragraph_of: int, marks: set[int], longest: int
) -> None:
    tokens = row_of_tokens(n_tokens, paragraph_of, marks)
    allowed = allowed_lengths(torch.from_numpy(tokens.regions), longest)
    assert allowed.shape == (n_tokens, longest)
    for first in range(n_tokens):
        for length in range(1, longest + 1):
            inside = range(first, first + length)
            whole = inside[-1] < n_tokens and not marks & set(inside)
            expected = whole and first // paragraph_of == inside[-1] // paragraph_of
            assert allowed[first, length - 1].item() == expected


@few
@given(
    firsts=st.lists(st.integers(0, N_TOKENS - 3), min_size=1, max_size=6).map(sorted),
    lengths=st.lists(st.integers(0, 20), min_size=6, max_size=6),
)
def test_quotes_may_stand_anywhere_even_one_in_another(
    model: AttributionModel, firsts: list[int], lengths: list[int]
) -> None:
    inputs = quotes(firsts)
    inputs.last.copy_((inputs.first + torch.tensor(lengths[: len(firsts)])).clamp(max=N_TOKENS - 1))
    logits = attribute(model, inputs)
    assert all(torch.isfinite(of_quote(logits, i)).all() for i in range(len(firsts)))
    assert torch.isfinite(logits.transitions).all()


def test_quotes_are_looked_at_and_unmarked_speech_is_not(model: AttributionModel) -> None:
    alone = of_quote(attribute(model, quotes([12])), 0)
    beside_unmarked = attribute(model, quotes([12, 30], unmarked=[1]))
    beside_marked = attribute(model, quotes([12, 30]))
    torch.testing.assert_close(of_quote(beside_unmarked, 0), alone)
    assert not torch.allclose(of_quote(beside_marked, 0), alone)


def test_unmarked_speech_looks_at_the_quotes(model: AttributionModel) -> None:
    beside_one = of_quote(attribute(model, quotes([12, 30], unmarked=[1])), 1)
    beside_another = of_quote(attribute(model, quotes([2, 30], unmarked=[1])), 1)
    assert not torch.allclose(beside_one, beside_another)


def test_every_shape_feature_counts(model: AttributionModel) -> None:
    inputs = [quotes([12]) for _ in range(len(SHAPE_FEATURES) + 1)]
    for feature, one in enumerate(inputs[1:]):
        one.shape[0, feature] = 1
    kinds = {tuple(attribute(model, one).choices["kind"][0].tolist()) for one in inputs}
    assert len(kinds) == len(inputs)


def test_encoding_has_a_vector_a_token(model: AttributionModel) -> None:
    ids = torch.zeros((2, 7), dtype=torch.long)
    features = torch.zeros((2, 7, len(FEATURE_SIZES)), dtype=torch.long)
    with torch.inference_mode():
        assert model.encode(ids, torch.ones_like(ids), features).shape == (2, 7, 32)


def test_gradients_reach_every_weight(model: AttributionModel) -> None:
    ids = torch.full((1, N_TOKENS), 5)
    features = torch.ones((1, N_TOKENS, len(FEATURE_SIZES)), dtype=torch.long)
    logits = model.attribute(model.encode(ids, torch.ones_like(ids), features)[0].float(), quotes([0, 12]))
    torch.autograd.backward(
        [*(of_quote(logits, i).square().sum() for i in range(2)), logits.transitions.square().sum()]
    )
    gradients = {name: parameter.grad for name, parameter in model.named_parameters()}
    model.zero_grad()
    assert {name.split(".")[0] for name, gradient in gradients.items() if gradient is None} == {"speakers"}
    assert all(torch.isfinite(gradient).all() for gradient in gradients.values() if gradient is not None)


def test_a_saved_model_answers_as_before(model: AttributionModel, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    loaded = AttributionModel.from_pretrained(tmp_path, local_files_only=True, dtype=torch.float32).eval()
    weights = loaded.state_dict()
    assert all(torch.equal(weights.pop(name), weight.float()) for name, weight in model.state_dict().items())
    assert not weights
    inputs = quotes([0, 12, 30])
    for i in range(3):
        torch.testing.assert_close(of_quote(attribute(loaded, inputs), i), of_quote(attribute(model, inputs), i))


def test_the_config_is_known_to_the_auto_classes(model_directory: Path) -> None:
    config = AutoConfig.from_pretrained(model_directory, local_files_only=True)
    assert isinstance(config, AttributionConfig)
    assert (config.window, config.overlap, config.model_version) == (WINDOW, OVERLAP, "0.1")
