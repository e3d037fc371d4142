"""What any text is made of, many texts at once: characters by kind, words, sentences; how a word sounds, where its
ending begins, how common it is; in which tongue a text is.

Imports nothing of `cleaner.overlap` but its ground (`grouping`).
"""
