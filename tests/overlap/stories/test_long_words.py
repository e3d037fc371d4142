from cleaner.overlap.stories.long_words import SOUNDS_SAMPLE, long_words_of


def shared(one: str, other: str, *, latin: tuple[bool, bool] = (True, False)) -> list[tuple[str, str]]:
    mine, theirs = long_words_of([(one, latin[0]), (other, latin[1])])
    return sorted(mine.shared(theirs))


def test_texts_without_long_words():
    for text in ("", "\n", "a few of us", "12345678 ______ 2nd", "мы там"):
        (found,) = long_words_of([(text, True)])
        assert not len(found.keys)
    assert long_words_of([]) == []


def test_words_that_sound_alike_as_they_are_written():
    assert shared("A gladiator, gladiators.", "Старый гладиатор") == [("gladiator", "гладиатор")]
    assert shared("the Gladiator", "гладиатор") == [("Gladiator", "гладиатор")]


def test_first_letters_count_where_both_texts_are_in_latin_script():
    assert ("colour", "color") in shared("colour", "color", latin=(True, True))
    assert not shared("promise", "проект")


def test_the_first_word_of_a_sound_stands_for_all():
    found = shared("volcano Volcano", "вулкан, volcanos volcano", latin=(True, True))
    assert found == [("volcano", "volcanos"), ("volcano", "вулкан")]


def test_only_the_beginning_of_a_text_is_read():
    assert not shared("x " * SOUNDS_SAMPLE + "gladiator", "гладиатор")


def test_words_of_a_batch_are_those_of_each_text():
    texts = [("The gladiator fights\nPompeii’s lions 𝒳", True), ("", False), ("Гладиатор и вулкан", False)] * 40
    together = long_words_of([(text * 300, latin) for text, latin in texts])
    for (text, latin), found in zip(texts, together, strict=True):
        (alone,) = long_words_of([(text * 300, latin)])
        assert found.keys.tolist() == alone.keys.tolist()
        assert found.starts.tolist() == alone.starts.tolist()
