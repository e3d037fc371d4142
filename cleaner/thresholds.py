"""Thresholds from which two documents overlap: the defaults of the settings and of `cleaner.overlap`."""

NEAR = 0.5
"""Jaccard similarity of the keys: half of all 5-grams are shared. Copies of the development set are found with
precision 100 (benchmarks/results/overlap.md); the sketches are made for it, so below it not every pair is found."""
CONTAINED = 0.8
"""Share of the smaller text's keys that the other one has: recall 100, precision 98.2 on the development set."""
STORY = 1.0
"""Factor on the thresholds of the story score (`cleaner.overlap.stories.search`): above 1 is stricter, below 1 laxer."""
