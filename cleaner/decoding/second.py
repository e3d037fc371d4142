"""What other detectors say: asked about doubtful legacy bytes only, and quoted in the evidence.

charset-normalizer is never asked about valid UTF-8, since it garbles text that holds mojibake. chardetng (Firefox's
detector, extra `chardetng`) is asked where it is installed.
"""

from __future__ import annotations

from importlib.util import find_spec


def second_opinion(sample: bytes) -> list[str]:
    """One sentence for each detector."""
    said = []
    if find_spec("charset_normalizer"):
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        said.append(f"charset-normalizer says {best.encoding}" if best else "charset-normalizer has no answer")
    if find_spec("chardetng_py"):
        from chardetng_py import detect

        said.append(f"chardetng says {detect(sample)}")
    return said
