from cleaner.overlap.documents.profiles import profiles_of
from cleaner.overlap.stories.verdicts import Pair

UNLIKE = Pair(0, 1, 0.0, 0.0, 1.0, 0, 0, 0, 0, True, False, 0.0, "a", "b", ("latin", "latin"))


def profile_of(text):
    return next(profiles_of([text]))


def pair_of(**known):
    """Two documents of two languages that have nothing in common but what is `known`."""
    return UNLIKE._replace(**known)
