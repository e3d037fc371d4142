from cleaner.overlap.stories.kept import Kept


def test_what_is_kept_is_not_made_again_and_the_last_ones_are_kept():
    made = []

    def lengths(words):
        made.append(list(words))
        return map(len, words)

    kept = Kept(lengths, 2)
    assert kept.of([]) == {}
    assert kept.of(["one", "three", "one"]) == {"one": 3, "three": 5}
    assert kept.of(["three", "four"]) == {"three": 5, "four": 4}
    assert kept.of(["four", "three"]) == {"four": 4, "three": 5}
    assert kept.of(["one", "two", "seven"]) == {"one": 3, "two": 3, "seven": 5}
    assert kept.of(["four"]) == {"four": 4}
    assert made == [["one", "three"], ["four"], ["one", "two", "seven"], ["four"]]
