from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.model.windows import cut_windows


@given(n_tokens=st.integers(0, 5000), size=st.integers(2, 600), share=st.floats(0, 0.9))
def test_windows_cover_every_token_once_and_keep_to_their_limits(n_tokens: int, size: int, share: float) -> None:
    overlap = int(share * size)
    windows = cut_windows(n_tokens, size, overlap)
    kept = [i for w in windows for i in range(w.keep_start, w.keep_stop)]
    assert kept == list(range(n_tokens))
    for w in windows:
        assert 0 <= w.start <= w.keep_start < w.keep_stop <= w.stop <= n_tokens
        assert w.stop - w.start <= size
    for left, right in pairwise(windows):
        assert left.stop - right.start >= overlap


def test_windows_are_as_few_as_can_be() -> None:
    assert len(cut_windows(510, 510, 128)) == 1
    assert len(cut_windows(511, 510, 128)) == 2
    assert len(cut_windows(892, 510, 128)) == 2
    assert len(cut_windows(893, 510, 128)) == 3


def test_windows_have_nearly_the_same_length() -> None:
    lengths = {w.stop - w.start for w in cut_windows(1000, 510, 128)}
    assert lengths == {419}


@pytest.mark.parametrize("overlap", [-1, 10])
def test_an_overlap_that_cannot_be_is_refused(overlap: int) -> None:
    with pytest.raises(ValueError, match="overlap"):
        cut_windows(100, 10, overlap)
