import numpy as np

from nbdebug.measure.memo import Memo


def block(n_bytes):
    return np.zeros(n_bytes, np.uint8)


def test_what_was_used_last_stays():
    memo = Memo(100)
    for key in "abc":
        memo.put(key, block(33))
    memo.get("a")
    memo.put("d", block(33))
    assert [memo.get(key) is not None for key in "abcd"] == [True, False, True, True]
    assert memo.used == 99


def test_one_huge_result_does_not_push_out_everything():
    memo = Memo(100)
    memo.put("a", block(30))
    memo.put("huge", block(51))
    assert memo.get("huge") is None
    assert memo.get("a") is not None


def test_replacing_counts_once_and_clearing_frees():
    memo = Memo(100)
    memo.put("a", block(30))
    memo.put("a", block(40))
    assert memo.used == 40
    memo.clear()
    assert (memo.used, memo.get("a")) == (0, None)
