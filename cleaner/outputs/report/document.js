// One document: its verdicts, what was left alone, the card of a change.

function changeCard(id, detail, at, close, go) {
  const edit = detail.edits[at],
    many = detail.edits.length;
  const verdict = verdictButtons(id, detail.sha256, edit);
  const span = held => (held ? `${number(held.start)}\u2013${number(held.end)}` : "\u2013");
  const chain = edit.chain?.length ? [el("dt", {}, "Undone"), el("dd", {}, edit.chain.join(", then "))] : null;
  const evidence = edit.evidence?.length ? [el("dt", {}, "Evidence"), el("dd", {}, edit.evidence.join("; "))] : null;
  return el(
    "div",
    {class: "change", role: "group", "aria-label": `Change ${at + 1} of ${number(many)}`, tabindex: "-1"},
    el(
      "div",
      {class: "change-head"},
      el("p", {}, el("strong", {class: "code"}, edit.rule), " ", all.rules[edit.rule] ?? ""),
      el(
        "div",
        {class: "step"},
        button("Previous", () => go(-1), {"data-step": "back"}),
        el("span", {class: "hint"}, `${number(at + 1)} of ${number(many)}`),
        button("Next", () => go(1), {"data-step": "next"}),
        button("Close", close, {"data-step": "close"}),
      ),
    ),
    el(
      "p",
      {class: "swap"},
      el("del", {}, value(edit.before)),
      el("span", {"aria-hidden": "true"}, "\u2192"),
      el("span", {class: "unseen"}, " became "),
      el("ins", {}, value(edit.after)),
      el(
        "span",
        {class: "gauge"},
        svg(
          "svg",
          {viewBox: "0 0 100 6", "aria-hidden": "true", preserveAspectRatio: "none"},
          svg("rect", {class: "track", width: 100, height: 6}),
          svg("rect", {
            class: edit.kind === "inferred" ? "inferred" : "exact",
            width: 100 * edit.confidence,
            height: 6,
          }),
        ),
        ` ${percent(edit.confidence)} sure, ${edit.kind === "inferred" ? "inferred" : "exact"}`,
      ),
    ),
    el("p", {}, edit.reason[0].toUpperCase() + edit.reason.slice(1) + "."),
    verdict,
    el(
      "dl",
      {class: "facts"},
      chain,
      evidence,
      codes(edit.before + edit.after) || codes(edit.before)
        ? [
            el("dt", {}, "Code points"),
            el(
              "dd",
              {class: "code"},
              `${codes(edit.before) || "\u2026"} \u2192 ${codes(edit.after) || (edit.after ? "\u2026" : "nothing")}`,
            ),
          ]
        : null,
      el("dt", {}, "Place"),
      el("dd", {}, `source ${span(edit.source)}, bytes ${span(edit.source_bytes)}, clean ${span(edit.clean)}`),
    ),
  );
}

function verdictFacts(id, p, detail) {
  const enc = all.names[columns.enc[p]],
    lang = all.names[columns.lang[p]];
  const list = held => held.join(", ");
  const facts = [
    [
      "Encoding",
      [
        el("strong", {}, enc),
        ` ${percent(columns.encSure[p])}`,
        detail ? `, by ${detail.method}${detail.why?.length ? ": " + detail.why.join("; ") : ""}` : "",
      ],
    ],
    detail?.segments?.length && ["Mixed", list(detail.segments.map(([codec, count]) => `${codec} ${bytes(count)}`))],
    detail?.encodings?.length && [
      "Others that fit",
      list(
        detail.encodings.map(
          held => `${held.encoding} ${percent(held.confidence)}${held.same_text ? " (the same text)" : ""}`,
        ),
      ),
    ],
    [
      "Language",
      [
        el("strong", {}, languageName(lang)),
        ` ${lang}, ${percent(columns.langSure[p])}`,
        detail?.group ? `, one of ${detail.group.replaceAll("|", ", ")}` : "",
      ],
    ],
    detail?.shares?.filter(held => held.confidence >= 0.01).length > 1 && [
      "Shares",
      list(
        detail.shares
          .filter(held => held.confidence >= 0.01)
          .map(held => `${languageName(held.value)} ${percent(held.confidence)}`),
      ),
    ],
    detail?.languages?.length > 1 &&
      columns.langSure[p] < 0.95 && [
        "Candidates",
        list(detail.languages.map(held => `${held.value} ${percent(held.confidence)}`)),
      ],
    [
      "Source",
      [
        bytes(columns.size[p]),
        detail ? [", SHA-256 ", el("span", {class: "code"}, detail.sha256.slice(0, 16) + "\u2026")] : "",
      ],
    ],
    detail?.renamed && ["Name repaired", name(detail.renamed)],
    detail?.clusters?.length && [
      "Belongs to",
      detail.clusters.map((held, n) => {
        const at = all.clusters.findIndex(cluster => cluster.id === held.cluster);
        const text = `${RELATIONS[held.relation]}${held.representative ? ", stands for them" : ""}`;
        return [n ? "; " : "", at < 0 ? text : el("a", {href: "#cluster=" + at}, text)];
      }),
    ],
  ];
  return el(
    "dl",
    {class: "facts"},
    facts.filter(Boolean).map(([key, held]) => [el("dt", {}, key), el("dd", {}, held)]),
  );
}

function overrides(id, p, detail) {
  const field = (key, title, now, options, pattern, hint) => {
    const list = `${key}-options`;
    const input = el("input", {
      type: "text",
      list,
      placeholder: now,
      value: override(id, key) ?? "",
      autocomplete: "off",
      spellcheck: "false",
      pattern,
      title: hint,
      onchange: ({target}) => {
        target.value = target.value.trim();
        setOverride(id, key, target.reportValidity() ? target.value : "");
      },
    });
    return el(
      "label",
      {},
      title,
      input,
      el(
        "datalist",
        {id: list},
        [...new Set(options)].map(option => el("option", {value: option})),
      ),
    );
  };
  return el(
    "details",
    {class: "quiet", open: Boolean(override(id, "encoding") || override(id, "language"))},
    el("summary", {}, "The encoding or the language is wrong"),
    el(
      "div",
      {class: "fields"},
      field(
        "encoding",
        "It is in the encoding",
        all.names[columns.enc[p]],
        [...(detail?.encodings ?? []).map(held => held.encoding), ...all.tallies.encodings.map(row => row[0])],
        "[A-Za-z0-9_.:\\-]+",
        "A name such as cp1252",
      ),
      field(
        "language",
        "It is in the language",
        all.names[columns.lang[p]],
        [...(detail?.languages ?? []).map(held => held.value), ...all.tallies.languages.map(row => row[0])],
        "[a-z]{2,3}(-[A-Za-z0-9]+)*",
        "A code such as fr or pt-BR",
      ),
    ),
    el("p", {class: "hint"}, "Goes into decisions.jsonl; a later run reads the document so."),
  );
}

function findingList(detail) {
  const held = detail.findings ?? [];
  if (!held.length) return null;
  const text = detail.text === undefined ? null : points(detail.text);
  const item = found => {
    const [left, middle, right] = text
      ? [
          cut(text, Math.max(0, found.start - 70), found.start),
          cut(text, found.start, Math.min(found.end, found.start + 300)),
          cut(text, found.end, found.end + 70),
        ]
      : [found.left, found.held, found.right];
    return el(
      "li",
      {},
      el(
        "p",
        {class: "context"},
        visible(left),
        el("mark", {}, middle ? visible(middle, !middle.trim()) : "\u2205"),
        found.end - found.start > size(middle) && " \u2026 ",
        visible(right),
      ),
      el(
        "p",
        {class: "hint"},
        ruleTag(found.rule),
        ` ${found.reason}`,
        found.candidates?.length
          ? [
              "; perhaps ",
              found.candidates.map((one, n) => [n ? ", " : "", value(one.value), ` ${percent(one.confidence)}`]),
            ]
          : "",
      ),
    );
  };
  return el("section", {}, el("h3", {}, `Left alone (${number(held.length)})`), longList("found", held, 50, item));
}
