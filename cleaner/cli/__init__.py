"""The command line: one file a command, each with `arguments` (what it takes) and `run` (its work, giving the exit code).

Only the file of the command that is called is imported, so that a hook pays for nothing else.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # the name that type checkers know; `typing` costs a third of a hook's time
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any, NoReturn

__all__ = ["COMMANDS", "GROUPS", "main", "parser_of", "script"]

GROUPS = {
    "folders": {
        "run": "clean files and folders into a corpus with a record of every change",
        "restore": "give the exact source bytes back",
        "review": "accept, reject or pick what was inferred",
        "report": "write report.html of a run again",
        "compare": "say what changed between two runs",
    },
    "files": {
        "check": "report encoding damage; change nothing",
        "fix": "mend encoding damage in place, where it is sure",
        "utf8": "convert to UTF-8, and mend what files declare",
        "show": "show what would change in a file, and why",
        "detect": "tell encoding and language, with the evidence",
        "overlap": "say what two files both tell, and what only one does",
    },
    "help": {
        "explain": "say what a rule does, and why",
        "config": "show the settings in force, and where they come from",
        "schema": "print the JSON Schema of an output or of the settings",
        "completion": "print completion for bash, zsh or fish",
    },
}
COMMANDS = tuple(name for group in GROUPS.values() for name in group)
WINDOWS = os.name == "nt"
INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""
DESCRIPTION = """\
usage: cleaner [--version] [--help] COMMAND …

Turns documents in unknown and mixed encodings into clean text, and can prove what it did.
"""
EPILOG = """
examples:
  cleaner run letters --out clean        clean a folder into a corpus
  cleaner check .                        what is damaged here? (exit code 1 if anything is)
  cleaner fix README.md --diff           what would be mended
  cleaner restore clean --to again       the original bytes

`cleaner COMMAND --help` says more. Exit codes: 0 done; 1 check found or fix changed something; 2 could not run;
130 stopped by Ctrl-C.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command that `argv` (default: the process's arguments) names, and returns its exit code."""
    _open_what_is_closed()
    _escape_what_stdout_lacks()
    words = _expanded(sys.argv[1:]) if argv is None else list(argv)
    name = words[0] if words else "--help"
    if name == "help":
        name, words = (words[1], [words[1], "--help"]) if words[1:] else ("--help", [])
    if name not in (*COMMANDS, "-h", "--help", "--version"):
        _tell(_no_command(name))
        return 2
    return _carried_out(name, words[1:])


def _expanded(words: Sequence[str]) -> list[str]:
    """`words`; on Windows, whose shells leave it to the program, with the files that `*.txt` and the like mean."""
    if not WINDOWS:
        return list(words)
    from glob import glob, has_magic

    found: list[str] = []
    for word in words:
        is_pattern = has_magic(word) and not word.startswith("-") and not os.path.exists(word)
        found += (is_pattern and sorted(glob(word, recursive=True))) or [word]
    return found


def _tell(line: str) -> None:
    """Says why the command ends; its exit code says it too, where nobody listens."""
    try:
        print(line, file=sys.stderr)
    except OSError:
        return


def _called(name: str, words: Sequence[str]) -> int:
    if name == "--version":
        from cleaner import __version__

        print(f"cleaner {__version__}")
        return 0
    if name not in COMMANDS:
        print(_help(), end="")
        return 0
    from importlib import import_module

    try:
        options = parser_of(name).parse_args(words)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 2
    return int(import_module(f"cleaner.cli.{name}").run(options))


def _open_what_is_closed() -> None:
    """Has streams that the caller closed (`>&-`) read as empty and written to nowhere: to Python they are None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _escape_what_stdout_lacks() -> None:
    """Has characters that the encoding of stdout lacks, and bytes of file names that are no text, written as JSON would."""
    import codecs

    codecs.register_error("cleaner.escape", _escaped)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="cleaner.escape")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end


def script() -> NoReturn:
    """The console script. Its process is its own.

    Numpy need not start a thread a processor, which spin before they sleep; and what a run has held need not be taken apart
    piece by piece in the end, which takes a tenth of a second.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _buffer_stdout()
    try:
        code = main()
    except KeyboardInterrupt:  # before a command or after it
        code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # closed, or its reader went away: said already where it matters
            continue
    os._exit(code)


def _buffer_stdout() -> None:
    """Has stdout buffered by line where it is not at all (`python -u`, PYTHONUNBUFFERED): one unbuffered call may write less
    than it is given, as on a disk that gets full, and says so to nobody.
    """
    import io

    stream = sys.stdout
    if stream is not None and isinstance(stream.buffer, io.RawIOBase):
        sys.stdout = open(  # noqa: SIM115
            stream.fileno(), "w", 1, encoding=stream.encoding, errors=stream.errors, closefd=False
        )


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of the command `name`."""
    import argparse
    from importlib import import_module

    class Formatter(argparse.HelpFormatter):
        """Paragraphs are filled, indented ones (examples) stay as they are."""

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            fill = super()._fill_text
            parts = text.strip("\n").split("\n\n")
            return "\n\n".join(part if "\n  " in part else fill(part, width, indent) for part in parts)

        if sys.version_info[:2] == (3, 14):  # loads its colours for each command; 3.15 does for a help alone, as here

            def _set_color(self, *how: Any, **more: Any) -> None:  # 3.15 names a file too
                self._how = how, more

            def __getattr__(self, name: str) -> Any:
                if name not in ("_theme", "_decolor"):
                    raise AttributeError(name)
                how, more = self._how
                super()._set_color(*how, **more)
                return self.__dict__[name]

    class Parser(argparse.ArgumentParser):
        """Says what is wrong in one line, not below the whole usage."""

        def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
            self._given = args
            return super().parse_known_args(args, namespace)

        def error(self, message: str) -> NoReturn:
            from cleaner.cli.common import printable

            if "are required" in message:  # an option that is not known may be the one that is missing, misspelt
                for one in self._actions:
                    one.required = False
                self.parse_args(self._given)
            _tell(printable(f"cleaner: {message}; {self._hint(message)}"))
            self.exit(2)

        def _hint(self, message: str) -> str:
            """The option that is like one that `message` says is not known, else where all are listed."""
            from difflib import get_close_matches

            known = [name[2:] for name in self._option_string_actions if name.startswith("--")]
            _, found, words = message.partition("unrecognized arguments: --")
            near = get_close_matches(words.split(" ")[0].partition("=")[0], known, n=1) if found else []
            return f"did you mean --{near[0]}?" if near else f"`{self.prog} --help` lists what it takes"

    width = _width()
    parser = Parser(
        prog=f"cleaner {name}",
        formatter_class=lambda prog: Formatter(prog, max_help_position=30, width=width),
    )
    import_module(f"cleaner.cli.{name}").arguments(parser)
    return parser


def _width() -> int:
    """Columns of the help: those of the terminal, 120 at the most; 100 where there is none."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return max(30, min(int(said), 120))
    try:
        return max(30, min(os.get_terminal_size(sys.stdout.fileno()).columns, 120))
    except (OSError, ValueError, AttributeError):
        return 100


def _carried_out(name: str, words: Sequence[str]) -> int:
    from cleaner.errors import CleanerError

    try:
        code = _called(name, words)
        sys.stdout.flush()
    except CleanerError as error:
        from cleaner.cli.common import printable

        _tell(f"cleaner: {printable(error)}")
        return 2
    except OSError as error:  # a full disk, a folder that went away
        if _nobody_reads(error):  # as `head` ends before all is said
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        from cleaner.cli.common import printable

        what = f"{error.filename}: can't be read or written" if error.filename else _nameless(error)
        _tell(f"cleaner: {printable(f'{what}: {error.strerror or error}')}")
        return 2
    except MemoryError:
        _tell("cleaner: there is not enough memory; close other programs, or give it fewer or smaller files at once")
        return 2
    except KeyboardInterrupt:
        again = "; the same command takes the work up where it was" if name == "run" else ""
        _tell(f"cleaner: stopped{again}")
        return INTERRUPTED
    return code


def _nameless(error: OSError) -> str:
    """What `error` is about, which names no file."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return "the folder that this was called in is gone"
    return "a pipe of this run" if isinstance(error, BrokenPipeError) else "the output can't be written"


def _nobody_reads(error: OSError) -> bool:
    """Whether `error` says that the reader of stdout went away, and of no other pipe of the command."""
    import errno
    import select

    if WINDOWS and error.filename is None and error.errno == errno.EINVAL:
        return True  # as it says of a pipe without a reader
    if not isinstance(error, BrokenPipeError):
        return False
    try:
        sys.stdout.flush()
        if WINDOWS:  # it can't be asked
            return False
        # What did not fit into the buffer does not wait there: the system knows of the reader still.
        asked = select.poll()
        asked.register(sys.stdout.fileno(), 0)
        return any(event & select.POLLERR for _, event in asked.poll(0))
    except BrokenPipeError:
        return True
    except (OSError, ValueError):
        return False


def _help() -> str:
    lines = [DESCRIPTION.rstrip("\n")]
    for group, commands in GROUPS.items():
        lines += ["", f"{group}:", *(f"  {name:<12}{said}" for name, said in commands.items())]
    return "\n".join(lines) + "\n" + EPILOG


def _no_command(name: str) -> str:
    from difflib import get_close_matches

    if name.startswith("-"):
        return f"cleaner: there is no option {name!r} before a command; `cleaner COMMAND --help` lists those behind it"
    near = get_close_matches(name, COMMANDS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "commands are: " + ", ".join(COMMANDS)
    return f"cleaner: there is no command {name!r}; {hint}"
