"""Knowledge of languages: their words, how these are spelled, how quotes are set, which words support a change.

Imports nothing of `mojibake`.
"""
