"""Errors of `cleaner`. Each message says what is wrong, where, and what to do next."""

from __future__ import annotations


class CleanerError(Exception):
    """Base of all errors that `cleaner` raises on purpose."""


class UsageError(CleanerError):
    """An argument names something that can't be used: a folder that isn't there, an output inside its input."""


class ArgumentError(UsageError, TypeError):
    """An argument of a public function is of a wrong type. Also a TypeError, as Python's own functions raise."""


class SettingsError(UsageError):
    """A setting has an unknown name or a value of the wrong kind."""


class NotTextError(CleanerError):
    """The bytes are no text: a picture, an archive, a program."""


class RestoreError(CleanerError):
    """A record and its text do not belong together, so that the source bytes can't be given back."""


class ResourceError(CleanerError):
    """The machine could not carry the work: there was not enough memory, or a worker process was ended or did not start."""


class MissingExtraError(CleanerError):
    """An optional package is needed; the message names its `pip install`."""
