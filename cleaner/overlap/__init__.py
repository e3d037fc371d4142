"""Many documents: which are copies, which contain others, which tell one story, and where."""

from __future__ import annotations

from cleaner.overlap.find import Overlap, Thresholds, find_duplicates
from cleaner.overlap.policy import PolicyDocument, PolicyResult, apply_policy

__all__ = ["Overlap", "PolicyDocument", "PolicyResult", "Thresholds", "apply_policy", "find_duplicates"]
