"""What is looked at of long bytes."""

from cleaner.decoding.sampling import sample_of


def test_a_sample_is_of_all_places():
    data = b"plain text, nothing else\n" * 4000 + "caf\xe9\n".encode("latin-1") + b"plain text, nothing else\n" * 4000
    assert b"caf\xe9" in sample_of(data)
    assert len(sample_of(data)) < 5000
