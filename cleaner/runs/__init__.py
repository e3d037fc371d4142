"""What a run works with, a file a thing, and what can be done with a finished one; `cleaner.corpus` puts them to work."""
