"""`cleaner report OUT`."""

from __future__ import annotations

import argparse
from pathlib import Path

from cleaner.cli.common import add_output, printable


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = (
        "Writes report.html of a run again, from the run's other files: after --no-report, or an upgrade."
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="folder that `cleaner run` wrote")
    add_output(parser.add_argument_group("what is printed"), quiet=True)


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    import json

    from cleaner.errors import UsageError
    from cleaner.outputs.atomic import write_atomic
    from cleaner.outputs.reading import damage_told, read_manifest
    from cleaner.outputs.report import write_report
    from cleaner.rules import rule_summaries

    out: Path = options.out
    manifest = read_manifest(out)
    try:
        with damage_told(out):
            manifest["output"].pop("report.html", None)
            manifest["settings"]["report"] = True
            digest = write_report(out, rules=rule_summaries(), manifest=manifest)
            manifest["output"] = dict(sorted({**manifest["output"], "report.html": digest}.items()))
            write_atomic(out / "manifest.json", [json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"])
    except FileNotFoundError as error:
        name = Path(error.filename).name if error.filename else "file"
        raise UsageError(f"{out}: holds no {name}; name a folder that `cleaner run` wrote") from None
    if not options.quiet:
        print(f"Open {printable(out / 'report.html')} in a browser.")
    return 0
