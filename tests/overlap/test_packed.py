"""A profile comes back from its bytes as it was."""

import pickle

import pytest

from cleaner.overlap import packed, packed_keys, profiles_of, unpacked

TEXTS = [
    "",
    "x",
    "Anna met Boris in Paris. Anna left.",
    "Шеннон встретил Анну в Москве, и Анна ушла.",
    "漢字と片仮名のテスト。カタカナ",
    "孙悟空 and 哈利·波特，見面了。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_round_trip(text):
    (profile,) = profiles_of([text])
    again = unpacked(packed(profile))
    assert packed(again) == packed(profile)
    assert again.names.texts == profile.names.texts
    assert (again.words, again.garbled, again.script) == (profile.words, profile.garbled, profile.script)
    assert again.keys.tolist() == packed_keys(packed(profile)).tolist() == profile.keys.tolist()


@pytest.mark.parametrize("text", TEXTS)
def test_profiles_do_not_depend_on_their_neighbours(text):
    together = dict(zip(TEXTS, profiles_of(TEXTS), strict=True))
    (alone,) = profiles_of([text])
    assert packed(alone) == packed(together[text])


@pytest.mark.parametrize(
    "data", [b"", b"short", packed(next(profiles_of(["some words here"]))) + b"x", pickle.dumps(1) * 9]
)
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError, match=r"no profile|buffer"):
        unpacked(data)
