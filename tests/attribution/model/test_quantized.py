"""Multiplication in int8."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from service.attribution.model.quantized import QuantizedLinear, quantize


@pytest.fixture
def linear() -> nn.Linear:
    torch.manual_seed(0)
    return nn.Linear(64, 48).requires_grad_(False)


def test_the_product_is_close_to_that_in_float32(linear: nn.Linear) -> None:
    inputs = torch.randn(2, 20, 64)
    exact, quantized = linear(inputs), QuantizedLinear(linear)(inputs)
    assert quantized.shape == exact.shape
    assert (quantized - exact).abs().max() < 0.03 * exact.abs().max()


def test_one_token_with_large_values_costs_the_others_nothing(linear: nn.Linear) -> None:
    inputs = torch.randn(20, 64)
    alone = QuantizedLinear(linear)(inputs)
    beside = QuantizedLinear(linear)(torch.cat((inputs, 1000 * torch.randn(1, 64))))
    assert torch.equal(beside[:-1], alone)


def test_a_token_of_zeros_gives_the_bias(linear: nn.Linear) -> None:
    outputs = QuantizedLinear(linear)(torch.zeros(20, 64))
    assert torch.equal(outputs, linear.bias.expand(20, -1))


def test_all_linear_layers_within_are_replaced(linear: nn.Linear) -> None:
    module = nn.Sequential(nn.LayerNorm(64), nn.Sequential(linear, nn.GELU()))
    quantize(module)
    assert [type(m) for m in module.modules() if not isinstance(m, nn.Sequential)] == [
        nn.LayerNorm,
        QuantizedLinear,
        nn.GELU,
    ]
