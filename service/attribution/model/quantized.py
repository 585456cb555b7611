"""An encoder whose matrices are multiplied in int8, which some processors do several times as fast as in float32.

Weights are quantized once, a scale for each row of the matrix, and inputs as they come, a scale for each token, so that
the large values that a few tokens have cost the others nothing (LLM.int8(), Dettmers and others, NeurIPS 2022, and
ZeroQuant, Yao and others, NeurIPS 2022, who scale by row and by token). What stands between the matrices stays in
float32.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn

_LARGEST: Final = 127.0


class QuantizedLinear(nn.Module):
    """A linear layer for inference with int8 weights."""

    weight: Tensor
    scale: Tensor
    bias: Tensor

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight = linear.weight.detach().float()
        scale = _scales(weight)
        self.register_buffer("weight", (weight / scale).round().to(torch.int8).t().contiguous())
        self.register_buffer("scale", scale.squeeze(1))
        self.register_buffer("bias", linear.bias.detach().float())

    def forward(self, inputs: Tensor) -> Tensor:
        """[..., D] to [..., E], both in float32."""
        rows = inputs.reshape(-1, inputs.shape[-1])
        scale = _scales(rows)
        products = torch._int_mm((rows / scale).round_().to(torch.int8), self.weight)
        outputs = products.float().mul_(scale).mul_(self.scale).add_(self.bias)
        return outputs.view(*inputs.shape[:-1], -1)


def _scales(rows: Tensor) -> Tensor:
    """What a step of each row's integers is worth, so that its largest value just fits. [N, 1]"""
    return rows.abs().amax(1, keepdim=True).clamp_(min=1e-8).div_(_LARGEST)


def quantize(module: nn.Module) -> None:
    """Replace the linear layers within a module."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, QuantizedLinear(child))
        else:
            quantize(child)
