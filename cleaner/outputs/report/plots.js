// The overview: sentences, bars and columns as inline SVG, each with its numbers as text.
const documentsWhere = (field, text) => {
  $("filters").reset();
  $("f-" + field).value = text;
  location.hash = "documents";
  filterTable();
};
function card(title, note, ...body) {
  return el("section", {class: "card"}, el("h3", {}, title), note && el("p", {class: "note"}, note), body);
}
// Bars: [label, count, hint, filter]; a bar that filters is a button.
function bars(rows, {most = 8, tone = ""} = {}) {
  const top = Math.max(1, ...rows.map(row => row[1]));
  const list = el("ul", {class: "bars " + tone});
  const line = ([label, count, hint, filter]) => {
    const bar = svg(
      "svg",
      {viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true"},
      svg("rect", {class: "track", width: 100, height: 4}),
      svg("rect", {width: Math.max(0.6, (100 * count) / top), height: 4}),
    );
    const body = [
      el("span", {class: "label"}, label),
      el("span", {class: "num"}, number(count)),
      hint && el("span", {class: "hint"}, hint),
      bar,
    ];
    return el("li", {}, filter ? button(body, filter, {title: "Show these documents"}) : el("div", {}, body));
  };
  list.append(...rows.slice(0, most).map(line));
  if (rows.length > most)
    list.append(
      el(
        "li",
        {},
        button(
          `${rows.length - most} more`,
          event => {
            event.target.closest("li").replaceWith(...rows.slice(most).map(line));
          },
          {class: "more"},
        ),
      ),
    );
  return rows.length ? list : el("p", {class: "none"}, "None.");
}
// One bar cut in parts, with a legend: [label, count, class, filter].
function shares(title, rows) {
  const shown = rows.filter(row => row[1]),
    total = shown.reduce((sum, row) => sum + row[1], 0) || 1;
  let at = 0;
  const bar = svg("svg", {
    viewBox: "0 0 1000 10",
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": title + ": " + shown.map(row => `${number(row[1])} ${row[0]}`).join(", "),
  });
  for (const [, count, tone] of shown) {
    const width = Math.max(2, (1000 * count) / total);
    bar.append(svg("rect", {class: tone, x: at, width: Math.max(1, width - (shown.length > 1 ? 2 : 0)), height: 10}));
    at += width;
  }
  const legend = el(
    "ul",
    {class: "legend"},
    shown.map(([label, count, tone, filter]) => {
      const text = [
        el("span", {class: "key " + tone, "aria-hidden": "true"}),
        el("strong", {}, number(count)),
        " " + label,
      ];
      return el("li", {}, filter ? button(text, filter) : el("span", {}, text));
    }),
  );
  return el("div", {class: "shares"}, bar, legend);
}
// Columns of the confidence of changes: exact below, inferred above, the height by square root so that few stay visible.
function confidencePlot([exact, inferred]) {
  const heights = exact.map((count, at) => count + inferred[at]),
    top = Math.max(1, ...heights),
    wide = 480 / exact.length;
  const scale = count => 120 * Math.sqrt(count / top);
  const plot = svg("svg", {
    viewBox: "0 0 480 154",
    class: "columns",
    role: "img",
    "aria-label":
      "Changes by confidence: " +
      (heights
        .map((count, at) =>
          count ? `${(at * 100) / exact.length} to ${((at + 1) * 100) / exact.length} %: ${number(count)}` : "",
        )
        .filter(Boolean)
        .join("; ") || "none"),
  });
  heights.forEach((count, at) => {
    const high = scale(count),
      low = count ? (high * exact[at]) / count : 0,
      x = at * wide + 1.5;
    const bar = svg(
      "g",
      {},
      svg(
        "title",
        {},
        `${(at * 100) / exact.length}\u2013${((at + 1) * 100) / exact.length} %: ${number(exact[at])} exact, ${number(inferred[at])} inferred`,
      ),
      svg("rect", {class: "inferred", x, y: 126 - high, width: wide - 3, height: high - low}),
      svg("rect", {class: "exact", x, y: 126 - low, width: wide - 3, height: low}),
    );
    plot.append(bar);
  });
  plot.append(svg("line", {x1: 0, x2: 480, y1: 126.5, y2: 126.5}));
  for (const [x, text, anchor] of [
    [0, "0 %", "start"],
    [240, "50 %", "middle"],
    [480, "100 %", "end"],
  ])
    plot.append(svg("text", {x, y: 148, "text-anchor": anchor}, text));
  const sum = list => list.reduce((a, b) => a + b, 0);
  return [
    plot,
    el(
      "ul",
      {class: "legend"},
      el(
        "li",
        {},
        el("span", {}, el("span", {class: "key exact"}), el("strong", {}, number(sum(exact))), " exact, provable"),
      ),
      el(
        "li",
        {},
        el(
          "span",
          {},
          el("span", {class: "key inferred"}),
          el("strong", {}, number(sum(inferred))),
          " inferred, with alternatives",
        ),
      ),
    ),
  ];
}
const RELATIONS = {
  exact: "exact copies",
  near: "near-duplicates",
  contained: "contained texts",
  story: "tellings of one story",
  related: "related, not the same",
};
function drawOverview() {
  const edits = all.tallies.rules.reduce((sum, row) => sum + row[1], 0),
    untouched = all.documents - all.changed - all.noticed;
  const words = [el("strong", {}, all.documents ? plural(all.documents, "document") : "No documents")];
  if (edits)
    words.push(
      `, ${number(all.changed)} of them changed in ${plural(edits, "place")}. `,
      untouched === 1 ? "One passed through as it was." : `${number(untouched)} passed through as they were.`,
    );
  else words.push(all.documents ? ". Nothing was changed." : ".");
  if (all.clustered)
    words.push(
      ` ${number(all.clustered)} belong together with others${all.counts.removed ? ", those left out included" : ""}.`,
    );
  $("lead").append(...words);
  $("strip").append(
    shares("Documents", [
      ["passed through as they were", untouched, "untouched", () => documentsWhere("state", "untouched")],
      ["changed", all.changed, "changed", () => documentsWhere("state", "changed")],
      ["unchanged, with something left alone", all.noticed, "noticed", () => documentsWhere("state", "noticed")],
      ["left out by the overlap policy", all.counts.removed, "removed"],
      ["no text or not readable", all.counts.rejected, "rejected"],
    ]),
  );
  const byRule = rows =>
    rows.map(([rule, count]) => [ruleTag(rule), count, all.rules[rule], () => documentsWhere("rule", rule)]);
  $("plots").append(
    card("What was changed", edits ? `${plural(edits, "change")} by rule.` : null, bars(byRule(all.tallies.rules))),
    card(
      "How sure",
      "Changes by confidence.",
      edits ? confidencePlot(all.confidence) : el("p", {class: "none"}, "None."),
    ),
    card(
      "What was left alone",
      "Seen and reported, not changed.",
      bars(byRule(all.tallies.findings), {tone: "quiet-bars"}),
    ),
    card(
      "Languages",
      "Documents by their main language.",
      bars(
        all.tallies.languages.map(([code, count]) => [
          languageName(code),
          count,
          code,
          () => documentsWhere("lang", code),
        ]),
        {tone: "short"},
      ),
    ),
    card(
      "Encodings",
      "Documents by what their bytes are in.",
      bars(
        all.tallies.encodings.map(([code, count]) => [code, count, null, () => documentsWhere("enc", code)]),
        {tone: "short"},
      ),
    ),
    card(
      "Overlap",
      all.clustered
        ? [
            `${plural(all.clustered, "document")} in ${plural(all.counts.clusters, "group")}; `,
            el("a", {href: "#overlaps"}, "see them side by side"),
            ". Pairs by kind:",
          ]
        : null,
      bars(
        all.pairs.map(([kind, count]) => [RELATIONS[kind] ?? kind, count]),
        {tone: "short"},
      ),
    ),
  );
  const lists = [
    [
      "Left out by the overlap policy",
      all.removed,
      all.counts.removed,
      row => [
        name(row.id),
        el("span", {class: "hint"}, " kept instead: "),
        docLink(row.kept),
        el("span", {class: "hint"}, ` (${row.reason})`),
      ],
      "removed.jsonl",
    ],
    [
      "No text, or not readable",
      all.rejected,
      all.counts.rejected,
      row => [name(row.path), el("span", {class: "hint"}, ` ${row.rule}: ${row.reason}`)],
      "rejected.jsonl",
    ],
  ];
  for (const [title, rows, count, line, file] of lists)
    if (rows.length)
      $("others").append(
        el(
          "details",
          {class: "quiet"},
          el("summary", {}, `${title}: ${number(count)}`),
          el(
            "ul",
            {class: "plain"},
            rows.slice(0, 500).map(row => el("li", {}, line(row))),
          ),
          count > 500 && el("p", {class: "hint"}, `All are listed in ${file}.`),
        ),
      );
  for (const note of all.notes ?? []) $("others").append(el("p", {class: "hint"}, note));
  const facts = [
    ["cleaner", all.version],
    ["Files read", number(all.input.files)],
    ["Bytes read", number(all.input.bytes)],
    ["Digest of the input", all.input.sha256],
    ...Object.entries(all.settings).map(([key, held]) => [
      key.replaceAll("_", " "),
      Array.isArray(held) ? held.join(", ") || "\u2013" : String(held),
    ]),
  ];
  $("made").append(...facts.flatMap(([key, held]) => [el("dt", {}, key), el("dd", {}, held)]));
}
