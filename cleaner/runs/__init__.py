"""The parts of a run, one a file, and what can be done with a finished one; `cleaner.corpus` puts them to work."""
