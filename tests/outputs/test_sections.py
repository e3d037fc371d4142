"""A finished document as bytes."""

import hashlib

import pytest

from cleaner import clean
from cleaner.outputs import Sections, sections_of


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain\n",
        "été\n".encode(),
        b"\xef\xbb\xbfmarked\n",
        b"line\r\nends\r\n",
        b"bytes \xff\xfe\xfd that mean nothing, in a text that is otherwise plain\n" * 3,
        "Größe\n".encode("cp1252"),
        "wide\n".encode("utf-16-le"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_the_digest_is_that_of_the_clean_text(data, whole):
    document = clean(data)
    text = document.text.encode()
    pieces, *rest = sections_of(document, text if whole else None)
    held = Sections([pieces] if whole else pieces, *rest)
    assert b"".join(held.text) == text
    assert held.digest == hashlib.sha256(text).digest()
