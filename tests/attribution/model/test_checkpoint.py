"""Model directories: loaded without a network, identified by their weights, refused where they are not whole."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import BertConfig

from service.attribution.model import checkpoint as checkpoint_module
from service.attribution.model.checkpoint import digest, load_checkpoint
from service.attribution.model.quantized import QuantizedLinear
from service.libraries import Precision


@pytest.fixture
def copied(model_directory: Path, tmp_path: Path) -> Path:
    """A model directory to do damage to."""
    return shutil.copytree(model_directory, tmp_path / "copied")


def set_config(directory: Path, **values: Any) -> None:
    path = directory / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def shards(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.safetensors"))


def test_a_directory_is_loaded_without_any_network(model_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something is fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    checkpoint = load_checkpoint(model_directory)
    assert not checkpoint.model.training
    assert checkpoint.special.padding == checkpoint.tokenizer.pad_token_id


def test_weights_are_those_of_the_shards(model_directory: Path) -> None:
    assert len(shards(model_directory)) > 1
    saved = {name: weight for shard in shards(model_directory) for name, weight in load_file(shard).items()}
    checkpoint = load_checkpoint(model_directory, precision="float32")
    loaded = checkpoint.model.state_dict()
    assert saved.keys() == loaded.keys()
    assert all(torch.equal(weight.to(loaded[name].dtype), loaded[name]) for name, weight in saved.items())


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_the_encoder_runs_in_the_precision_that_is_told(model_directory: Path, precision: Precision) -> None:
    checkpoint = load_checkpoint(model_directory, "cpu", precision)
    assert checkpoint.precision == precision
    assert {str(p.dtype) for p in checkpoint.model.encoder.parameters()} == {f"torch.{precision}"}
    others = (*checkpoint.model.decoder.parameters(), *checkpoint.model.speakers.parameters())
    assert {p.dtype for p in others} == {torch.float32}


def test_an_int8_encoder_has_no_other_matrices(model_directory: Path) -> None:
    checkpoint = load_checkpoint(model_directory, "cpu", "int8")
    assert checkpoint.precision == "int8"
    kinds = {type(module) for module in checkpoint.model.encoder.modules()}
    assert QuantizedLinear in kinds
    assert nn.Linear not in kinds
    assert not any(isinstance(module, QuantizedLinear) for module in checkpoint.model.decoder.modules())


@pytest.mark.parametrize(
    ("instructions", "precision"),
    [
        ({"amx_bf16"}, "bfloat16"),
        ({"avx512_bf16"}, "bfloat16"),
        ({"avx512_vnni"}, "float32"),
    ],
)
def test_bfloat16_is_the_default_only_where_the_processor_has_it(
    model_directory: Path, monkeypatch: pytest.MonkeyPatch, instructions: set[str], precision: str
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: dict.fromkeys(instructions, True))
    assert load_checkpoint(model_directory, "cpu").precision == precision


@pytest.mark.skipif(torch.cuda.is_available(), reason="for a machine without a GPU")
def test_the_device_is_chosen(model_directory: Path) -> None:
    assert load_checkpoint(model_directory, "auto").model.device.type == "cpu"
    with pytest.raises(ValueError, match="no GPU"):
        load_checkpoint(model_directory, "cuda")


def test_a_model_is_known_by_name_version_and_digest(copied: Path) -> None:
    info = load_checkpoint(copied).info
    assert (info.name, info.version, info.sha256) == ("copied", "0.1", digest(copied))
    assert len(bytes.fromhex(info.sha256)) == 32


def test_the_digest_changes_with_all_that_answers_depend_on(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = shutil.copytree(checkpoint_module.DATA, tmp_path / "data")
    monkeypatch.setattr(checkpoint_module, "DATA", data)
    seen = {digest(copied)}
    read = (*shards(copied), copied / "config.json", copied / "tokenizer.json")
    for count, file in enumerate(
        (*read, data / "outlets.toml", data / "given_names.txt", data / "word_lists.py", data / "outlet_words.py"), 2
    ):
        file.write_bytes(file.read_bytes() + b" ")
        seen.add(digest(copied))
        assert len(seen) == count, file
    (copied / "README.md").write_text("Nothing that answers depend on.")
    assert digest(copied) in seen


@pytest.mark.parametrize("missing", ["", "config.json", "model.safetensors.index.json"])
def test_what_is_missing_is_an_os_error(copied: Path, missing: str) -> None:
    if missing:
        (copied / missing).unlink()
    else:
        shutil.rmtree(copied)
    with pytest.raises(OSError, match=str(copied)):
        load_checkpoint(copied)


def test_a_missing_shard_is_an_os_error(copied: Path) -> None:
    shards(copied)[-1].unlink()
    with pytest.raises(OSError, match="safetensors"):
        load_checkpoint(copied)


class TestNotAModelOfThisKind:
    """Each is a ``ValueError``."""

    def test_another_kind_of_model(self, copied: Path) -> None:
        BertConfig().save_pretrained(copied)
        with pytest.raises(ValueError, match="quote-attribution"):
            load_checkpoint(copied)

    def test_weights_that_are_no_weights(self, copied: Path) -> None:
        shards(copied)[0].write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
        with pytest.raises(ValueError, match="weights"):
            load_checkpoint(copied)

    def test_weights_of_another_size(self, copied: Path) -> None:
        set_config(copied, quote_width=64)
        with pytest.raises(ValueError, match="weights"):
            load_checkpoint(copied)

    def test_weights_of_fewer_layers(self, copied: Path) -> None:
        """They must not be filled up with random ones."""
        set_config(copied, quote_layers=3)
        with pytest.raises(ValueError, match="weights"):
            load_checkpoint(copied)

    def test_weights_without_the_scorer_of_speakers(self, copied: Path) -> None:
        for shard in shards(copied):
            kept = {name: weight for name, weight in load_file(shard).items() if not name.startswith("speakers.")}
            save_file(kept, shard, metadata={"format": "pt"})
        with pytest.raises(ValueError, match=r"speakers\."):
            load_checkpoint(copied)

    def test_no_tokenizer(self, copied: Path) -> None:
        (copied / "tokenizer.json").unlink()
        with pytest.raises(ValueError, match="tokenizer"):
            load_checkpoint(copied)
