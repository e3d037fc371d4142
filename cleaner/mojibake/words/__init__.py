"""What is known of languages: their words, how these are spelled, how quotes are set, which words speak for a change.

Imports nothing of `mojibake`.
"""
