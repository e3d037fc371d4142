"""`cleaner completion SHELL`."""

from __future__ import annotations

import argparse
import shlex
from typing import NamedTuple, get_args

from cleaner.cli import GROUPS, parser_of
from cleaner.known import LANGUAGES, RULES

EPILOG = """\
examples:
  cleaner completion bash > ~/.local/share/bash-completion/completions/cleaner
  cleaner completion zsh > ~/.zfunc/_cleaner
  cleaner completion fish > ~/.config/fish/completions/cleaner.fish
"""
SHELLS = ("bash", "zsh", "fish")
ZSH_END = """\
if [[ $funcstack[1] == _cleaner ]]; then _cleaner "$@"; else compdef _cleaner cleaner; fi"""
"""The script may stand in a folder of `fpath`, or be read by `source`."""


class Option(NamedTuple):
    """One option of a command."""

    names: tuple[str, ...]
    values: tuple[str, ...]
    takes_value: bool
    help: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Prints a script that completes commands, options and their values, made from the parsers."
    parser.epilog = EPILOG
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    commands = {name: said for group in GROUPS.values() for name, said in group.items()}
    found = {name: _options(name) for name in commands}
    print({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell](commands, found))
    return 0


def _known() -> dict[str, tuple[str, ...]]:
    """Values of options that are checked by the settings, not by the parser."""
    from cleaner.engines import EngineName
    from cleaner.settings import KINDS

    chosen = ("profile", "level", "overlap", "language_backend")
    named = {f"--{name.replace('_', '-')}": tuple(KINDS[name].schema["enum"]) for name in chosen}
    rules = {"--select": RULES, "--ignore": RULES}
    return {**named, **rules, "--engine": get_args(EngineName), "--languages": tuple(LANGUAGES)}


def _options(name: str) -> list[Option]:
    rows, known = [], _known()
    for action in parser_of(name)._actions:  # noqa: SLF001
        if not action.option_strings:
            continue
        values = tuple(map(str, action.choices or ())) or next(
            (known[one] for one in action.option_strings if one in known), ()
        )
        rows.append(Option(tuple(action.option_strings), values, action.nargs != 0, action.help or ""))
    return rows


def _positionals(name: str) -> tuple[str, ...]:
    """Words that stand behind a command instead of files."""
    from cleaner.cli.schema import names
    from cleaner.rules import rule_codes

    return {"explain": tuple(rule_codes()), "schema": names(), "completion": SHELLS}.get(name, ())


def _bash(commands: dict[str, str], found: dict[str, list[Option]]) -> str:
    values = {
        f"{name} {one}": option.values
        for name, held in found.items()
        for option in held
        for one in option.names
        if option.values
    }
    lines = [
        "# bash completion of cleaner",
        "_cleaner() {",
        '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
        "    if [ $COMP_CWORD -eq 1 ]; then",
        f'        COMPREPLY=($(compgen -W "{" ".join((*commands, "--help", "--version"))}" -- "$word")); return',
        "    fi",
        '    case "${COMP_WORDS[1]} $before" in',
        *(
            f'        "{one}") COMPREPLY=($(compgen -W "{" ".join(held)}" -- "$word")); return ;;'
            for one, held in values.items()
        ),
        "    esac",
        '    case "${COMP_WORDS[1]}" in',
    ]
    for name, held in found.items():
        words = " ".join((*(one for option in held for one in option.names), *_positionals(name)))
        lines.append(f'        {name}) COMPREPLY=($(compgen -W "{words}" -- "$word")) ;;')
    return "\n".join([*lines, "    esac", "}", "complete -o default -o bashdefault -F _cleaner cleaner"])


def _zsh(commands: dict[str, str], found: dict[str, list[Option]]) -> str:
    lines = [
        "#compdef cleaner",
        "_cleaner() {",
        "    local -a commands",
        f"    commands=({' '.join(shlex.quote(f'{name}:{said}') for name, said in commands.items())})",
        "    if (( CURRENT == 2 )); then _describe command commands; return; fi",
        "    local command=$words[2]",
        "    shift words; (( CURRENT-- ))",
        "    case $command in",
    ]
    for name, held in found.items():
        specs = [_zsh_spec(one, option) for option in held for one in option.names]
        rest = _positionals(name)
        specs.append(f"*:word:({' '.join(rest)})" if rest else "*:file:_files")
        lines.append(f"        {name}) _arguments {' '.join(map(shlex.quote, specs))} ;;")
    return "\n".join([*lines, "    esac", "}", ZSH_END])


def _zsh_spec(name: str, option: Option) -> str:
    said = option.help.replace("[", "(").replace("]", ")").replace(":", " ")
    if not option.takes_value:
        return f"{name}[{said}]"
    return f"{name}[{said}]:value:" + (f"({' '.join(option.values)})" if option.values else "_files")


def _fish(commands: dict[str, str], found: dict[str, list[Option]]) -> str:
    first = "__fish_use_subcommand"
    lines = ["# fish completion of cleaner"]
    lines += [f"complete -c cleaner -f -n {first} -a {name} -d {shlex.quote(said)}" for name, said in commands.items()]
    for name, held in found.items():
        seen = f"'__fish_seen_subcommand_from {name}'"
        for option in held:
            lines.append(f"complete -c cleaner -n {seen} {_fish_flags(option)} -d {shlex.quote(option.help)}")
        if rest := _positionals(name):
            lines.append(f"complete -c cleaner -f -n {seen} -a {shlex.quote(' '.join(rest))}")
    return "\n".join(lines)


def _fish_flags(option: Option) -> str:
    flags = [f"-l {one[2:]}" if one.startswith("--") else f"-s {one[1:]}" for one in option.names]
    if option.takes_value:
        flags.append("-r")
    if option.values:
        flags.append(f"-f -a {shlex.quote(' '.join(option.values))}")
    return " ".join(flags)
