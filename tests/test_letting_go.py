"""Tables that are let go are made again, and say the same."""

from cleaner import clean
from cleaner.letting_go import let_go
from cleaner.models import characters, languages


def test_what_is_let_go_is_made_again():
    data = "Le cafÃ© est fermé, mais la boulangerie au coin de la rue est ouverte.".encode()
    before, held = clean(data), languages.load()
    let_go()
    assert languages.load.cache_info().currsize == characters.load.cache_info().currsize == 0
    assert clean(data) == before
    assert languages.load() is not held
