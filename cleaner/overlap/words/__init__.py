"""The elements of texts, for many texts at once: characters by kind, words, sentences, numbers; how a word sounds, where
its ending begins, how common it is; the script and the language of a text.

Imports nothing of `cleaner.overlap` but its ground (`grouping`).
"""
