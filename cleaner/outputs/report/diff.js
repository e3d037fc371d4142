// Source and clean text side by side, in rows that begin at the same place of both.
const byPlace = (a, b) => a.start - b.start || a.end - b.end;

// The decoded source text: the layers of edits undone, the last one first.
function sourceOf(text, edits) {
  const layers = new Map();
  for (const edit of edits) layers.set(edit.layer, [...(layers.get(edit.layer) ?? []), edit]);
  for (const layer of [...layers.keys()].sort((a, b) => b - a)) {
    const held = points(text),
      pieces = [];
    let done = 0,
      shift = 0;
    for (const edit of layers.get(layer).sort(byPlace)) {
      const start = edit.start + shift,
        end = start + size(edit.after);
      pieces.push(cut(held, done, start), edit.before);
      done = end;
      shift += size(edit.after) - size(edit.before);
    }
    text = pieces.join("") + cut(held, done);
  }
  return text;
}

// Changes that touch each other in either text share a mark: {source: [start, end], clean: [start, end], edits: [number]}.
function marksOf(edits) {
  const marks = [];
  const sorted = edits
    .map((edit, at) => ({edit, at}))
    .sort((a, b) => byPlace(a.edit.clean, b.edit.clean) || byPlace(a.edit.source, b.edit.source));
  for (const {edit, at} of sorted) {
    const last = marks.at(-1),
      {source, clean} = edit;
    if (last && (source.start < last.source[1] || clean.start < last.clean[1])) {
      for (const [span, held] of [
        [source, last.source],
        [clean, last.clean],
      ]) {
        held[0] = Math.min(held[0], span.start);
        held[1] = Math.max(held[1], span.end);
      }
      last.edits.push(at);
    } else marks.push({source: [source.start, source.end], clean: [clean.start, clean.end], edits: [at]});
  }
  return marks;
}

// Rows of pieces. A piece is {same} (text of both sides) or {before, after, edits}; a row ends where a line of both ends.
function rowsOf(detail) {
  const edits = detail.edits ?? [];
  if (detail.text === undefined)
    return edits.map((edit, at) => ({
      apart: true,
      pieces: [{same: edit.left}, {before: edit.before, after: edit.after, edits: [at]}, {same: edit.right}],
    }));
  const clean = points(detail.text),
    source = points(sourceOf(detail.text, edits)),
    rows = [];
  let row = {pieces: []},
    at = 0;
  const close = () => {
    rows.push(row);
    row = {pieces: []};
  };
  const same = text => {
    const lines = text.split("\n");
    lines.forEach((line, n) => {
      if (line) row.pieces.push({same: line});
      if (n < lines.length - 1) close();
    });
  };
  for (const mark of marksOf(edits)) {
    same(cut(clean, at, mark.clean[0]));
    const before = cut(source, ...mark.source),
      after = cut(clean, ...mark.clean);
    row.pieces.push({before, after, edits: mark.edits});
    if (after.endsWith("\n") || (before.endsWith("\n") && cut(clean, mark.clean[1], mark.clean[1] + 1) === "")) close();
    at = mark.clean[1];
  }
  same(cut(clean, at));
  if (row.pieces.length) close();
  return rows;
}

// Folds stretches of rows without a change; `open` shows all of them.
function stretches(rows, shown, open) {
  const keep = rows.map(() => open);
  rows.forEach((row, at) => {
    if (row.pieces.some(piece => piece.edits && piece.edits.some(shown)))
      for (let near = Math.max(0, at - 1); near <= Math.min(rows.length - 1, at + 1); near += 1) keep[near] = true;
  });
  const found = [];
  rows.forEach((_, at) => {
    const last = found.at(-1);
    if (last && last.keep === keep[at]) last.rows.push(at);
    else found.push({keep: keep[at], rows: [at]});
  });
  return found;
}

const AT_ONCE = 400; // lines that are drawn at once: more would be felt

// The view: `onmark(number of the edit, row element)` is called when a mark is pressed.
function diffView(rows, edits, shown, open, onmark, state) {
  const table = el(
    "div",
    {class: "diff", role: "table", "aria-label": "Source and clean text"},
    el(
      "div",
      {class: "line head", role: "row"},
      el("div", {role: "columnheader"}, "Source"),
      el("div", {role: "columnheader"}, "Clean"),
    ),
  );
  const mark = (piece, side) => {
    const text = side === "del" ? piece.before : piece.after,
      first = piece.edits.find(shown) ?? piece.edits[0],
      edit = edits[first];
    const active = piece.edits.some(shown);
    const node = el(
      side,
      {class: active ? (edit.kind === "inferred" ? "inferred" : "exact") : "dim", "data-edit": piece.edits.join(" ")},
      text === "" ? el("span", {class: "sign"}, "\u2205") : visible(text, !text.trim()),
    );
    if (!active) return node;
    node.addEventListener("click", () => onmark(first, node));
    if (side === "ins") {
      fill(
        node,
        {
          role: "button",
          tabindex: "0",
          "aria-expanded": "false",
          "aria-label": `Change ${first + 1}, ${edit.rule}: ${spoken(piece.before.slice(0, 60))} became ${spoken(piece.after.slice(0, 60))}`,
          onkeydown: event => {
            if (event.key === "Enter" || event.key === " ") {
              event.preventDefault();
              onmark(first, node);
            }
          },
        },
        [],
      );
      state(node, piece.edits);
    }
    return node;
  };
  const line = at => {
    const row = rows[at],
      changed = row.pieces.some(piece => piece.edits);
    const cell = (side, title) =>
      el(
        "div",
        {role: "cell", class: side, "data-title": title},
        row.pieces.map(piece => (piece.edits ? mark(piece, side === "was" ? "del" : "ins") : visible(piece.same))),
        !row.pieces.length && "\u00a0",
      );
    return el(
      "div",
      {class: "line" + (changed ? " changed" : "") + (row.apart ? " apart" : ""), role: "row"},
      cell("was", "Source"),
      cell("is", "Clean"),
    );
  };
  const fold = (text, title, onclick) => {
    const press = button(text, onclick, {title});
    return el("div", {class: "fold", role: "row"}, el("div", {role: "cell"}, press));
  };
  const folded = places => {
    const lines = () => places.map(line);
    const node = fold(plural(places.length, "unchanged line"), "Show them", () => node.replaceWith(...lines()));
    return node;
  };
  const waiting = stretches(rows, shown, open).flatMap(({keep, rows: places}) =>
    keep || places.length < 3
      ? places.map(place => ({last: place, make: () => line(place)}))
      : [{last: places.at(-1), make: () => folded(places)}],
  );
  let drawn = 0,
    more = null;
  table.drawOn = count => {
    more?.remove();
    table.append(...waiting.slice(drawn, drawn + count).map(item => item.make()));
    drawn = Math.min(waiting.length, drawn + count);
    if (drawn === waiting.length) return;
    more = fold(`Show more; ${plural(waiting.length - drawn, "line")} left`, "Go on", () => table.drawOn(AT_ONCE));
    table.append(more);
  };
  // Draws as far as the row with the number `row`.
  table.drawThrough = row => {
    const at = waiting.findIndex(item => item.last >= row);
    if (at >= drawn) table.drawOn(at + 1 - drawn + AT_ONCE);
  };
  table.drawOn(AT_ONCE);
  return table;
}
