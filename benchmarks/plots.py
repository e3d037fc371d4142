"""Plots of measured figures as small SVG files; `engines.py --plots` draws its own.

    python benchmarks/plots.py NAME.json OUT.svg

NAME.json holds what a benchmark printed, of which the last line counts. Two kinds: bars of `whole_run.py` (nanoseconds a byte by
stage), and lines on logarithmic axes of `overlap_scale.py` (seconds against documents) or growth.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

WIDTH, ROW, LEFT = 640, 20, 220
STYLE = "font:12px sans-serif;fill:#333"
COLOUR = "#4a78a8"


def page(height: int, parts: list[str]) -> str:
    """An SVG page with `parts`."""
    inner = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" style="background:#fff">\n'
        f"{inner}\n</svg>\n"
    )


def label(x: float, y: float, text: str, anchor: str = "start") -> str:
    """A piece of text."""
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" style="{STYLE}">{text}</text>'


def bars(rows: dict[str, float], unit: str) -> str:
    """One bar a row, longest first, of values in `unit`."""
    seen = max(rows.values()) / 500  # shorter bars cannot be seen
    ranked = sorted(((name, value) for name, value in rows.items() if value >= seen), key=lambda row: -row[1])
    scale = (WIDTH - LEFT - 80) / ranked[0][1]
    parts = [label(LEFT, 16, unit)]
    for place, (name, value) in enumerate(ranked):
        y = 26 + place * ROW
        parts.append(label(LEFT - 8, y + 13, name, "end"))
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{max(1, value * scale):.1f}" height="14" fill="{COLOUR}"/>')
        parts.append(label(LEFT + value * scale + 6, y + 12, f"{value:.1f}"))
    return page(36 + len(ranked) * ROW, parts)


def lines(points: list[tuple[float, float]], x_name: str, y_name: str) -> str:
    """Points joined by a line on logarithmic axes, with the line of growth in proportion through the first."""
    height, pad = 300, 60
    xs, ys = ([math.log10(point[axis]) for point in points] for axis in (0, 1))
    low, high = min(ys[0], *ys) - 0.3, max(*ys, ys[0] + xs[-1] - xs[0]) + 0.3

    def at(x: float, y: float) -> tuple[float, float]:
        across = pad + (x - xs[0]) / (xs[-1] - xs[0]) * (WIDTH - 2 * pad)
        return across, height - pad - (y - low) / (high - low) * (height - 2 * pad)

    def path(places: list[tuple[float, float]], style: str) -> str:
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        return f'<polyline points="{joined}" fill="none" style="{style}"/>'

    proportion = [at(xs[0], ys[0]), at(xs[-1], ys[0] + xs[-1] - xs[0])]
    parts = [path(proportion, "stroke:#aaa;stroke-dasharray:4")]
    parts.append(path([at(x, y) for x, y in zip(xs, ys, strict=True)], f"stroke:{COLOUR};stroke-width:2"))
    for (x, y), (documents, value) in zip((at(x, y) for x, y in zip(xs, ys, strict=True)), points, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOUR}"/>')
        parts.append(label(x, y - 10, f"{value:g}", "middle"))
        parts.append(label(x, height - pad + 20, f"{documents:,.0f}", "middle"))
    parts += [label(pad, 20, f"{y_name} (dashed: in proportion)"), label(WIDTH / 2, height - 12, x_name, "middle")]
    return page(height, parts)


def main() -> None:
    source, target = map(Path, sys.argv[1:3])
    data: Any = json.loads(source.read_text(encoding="utf-8").strip().splitlines()[-1])
    if isinstance(data, dict):
        drawn = bars({**data["stages_ns"], "floor": data["floor_ns"]}, "nanoseconds a byte")
    elif "without_simulating" in data[0]:
        drawn = lines([(row["documents"], row["without_simulating"]) for row in data], "documents", "seconds")
    else:
        drawn = lines([(row["bytes"] / 1e6, row["seconds"]) for row in data], "megabytes", "seconds")
    target.write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
