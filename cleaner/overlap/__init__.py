"""Many documents: which are copies, which contain others, which tell one story, and where."""

from __future__ import annotations

from cleaner.overlap.aligned import Records
from cleaner.overlap.boilerplate import Boilerplate
from cleaner.overlap.copies.bands import candidate_pairs_on_disk
from cleaner.overlap.copies.near import Limits, shared_at_least
from cleaner.overlap.copies.search import robust_hits
from cleaner.overlap.documents.profiles import Profile, profiles_of
from cleaner.overlap.find import Elsewhere, Overlap, Thresholds, find_duplicates, overlaps_of
from cleaner.overlap.index.han_names import part_of_chinese
from cleaner.overlap.index.name_index import PartFiles, Parts
from cleaner.overlap.index.name_parts import PART, Capitals, names_of
from cleaner.overlap.packed import packed, packed_keys, packed_names, packed_parts, unpacked
from cleaner.overlap.policy import PolicyDocument, PolicyResult, apply_policy
from cleaner.overlap.stories.pairs import Common, PairComparing, StoryTask, Told
from cleaner.overlap.summary import Summary, summarise
from cleaner.overlap.tables import column_data, save_table, store
from cleaner.overlap.tellings.tasks import PassageTask, done_packed

__all__ = [
    "PART",
    "Boilerplate",
    "Capitals",
    "Common",
    "Elsewhere",
    "Limits",
    "Overlap",
    "PairComparing",
    "PartFiles",
    "Parts",
    "PassageTask",
    "PolicyDocument",
    "PolicyResult",
    "Profile",
    "Records",
    "StoryTask",
    "Summary",
    "Thresholds",
    "Told",
    "apply_policy",
    "candidate_pairs_on_disk",
    "column_data",
    "done_packed",
    "find_duplicates",
    "names_of",
    "overlaps_of",
    "packed",
    "packed_keys",
    "packed_names",
    "packed_parts",
    "part_of_chinese",
    "profiles_of",
    "robust_hits",
    "save_table",
    "shared_at_least",
    "store",
    "summarise",
    "unpacked",
]
