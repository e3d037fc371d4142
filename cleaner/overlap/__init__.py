"""Many documents: which are copies, which contain others, which tell one story, and where."""

from __future__ import annotations

from cleaner.overlap.find import Overlap, Thresholds, find_duplicates, overlaps_of, with_passages
from cleaner.overlap.packed import packed, unpacked
from cleaner.overlap.policy import PolicyDocument, PolicyResult, apply_policy
from cleaner.overlap.profiles import Profile, profiles_of

__all__ = [
    "Overlap",
    "PolicyDocument",
    "PolicyResult",
    "Profile",
    "Thresholds",
    "apply_policy",
    "find_duplicates",
    "overlaps_of",
    "packed",
    "profiles_of",
    "unpacked",
    "with_passages",
]
