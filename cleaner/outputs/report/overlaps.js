// Groups of documents that belong together, and their passages next to each other.
const KINDS = {
  same_text: "the same text",
  same_event: "the same event",
  same_people: "the same people",
  boilerplate: "boilerplate",
};
const TITLES = {
  exact: n => `${n} exact copies`,
  near: n => `${n} near-duplicates`,
  contained: n => `${n} documents, one within the other`,
  story: n => `${n} tellings of one story`,
  related: n => `${n} related documents`,
};

// `text` with the shared words marked; words are compared by their first letters, as the evidence holds whole words.
function marked(text, words) {
  const node = el("span", {});
  const wanted = new Set(
    words
      .flatMap(word => word.split(" = "))
      .flatMap(word => word.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u))
      .filter(Boolean)
      .map(word => word.slice(0, 5)),
  );
  for (const piece of text.split(/([\p{L}\p{M}\p{N}]+)/u))
    node.append(piece && wanted.has(piece.toLowerCase().slice(0, 5)) ? el("mark", {}, piece) : piece && visible(piece));
  return node;
}
function drawClusters() {
  const count = all.clusters.length + all.beyond.clusters + all.beyond.pairs;
  $("overlaps-lead").textContent = count
    ? `${plural(all.counts.clusters, "group")}, ${plural(all.counts.relations, "pair")}. Open one to read what its documents share next to each other.`
    : "No two documents overlap.";
  const item = (cluster, at) =>
    el(
      "li",
      {class: "group"},
      el("h3", {}, el("a", {href: "#cluster=" + at}, TITLES[cluster.relation](number(cluster.count)))),
      el(
        "p",
        {class: "members"},
        cluster.members.map((id, n) => [n ? ", " : "", docLink(id)]),
        cluster.count > cluster.members.length ? ` and ${number(cluster.count - cluster.members.length)} more` : "",
      ),
      cluster.representative &&
        el("p", {class: "hint"}, name(cluster.representative), ` stands for them: ${cluster.reason}.`),
    );
  const beyond = all.beyond.clusters + all.beyond.pairs;
  $("clusters").append(
    longList("groups", all.clusters, 40, item),
    beyond
      ? el(
          "p",
          {class: "hint"},
          `${number(beyond)} smaller groups and pairs are left out here; all stand in relations.jsonl.`,
        )
      : "",
  );
}
// Who overlaps with whom: a square for each pair, darker where the score is higher.
function matrix(cluster, chosen, choose) {
  const ids = cluster.members,
    of = new Map(cluster.pairs.map((pair, at) => [pair.a + "\0" + pair.b, at]));
  const short = n => String(n + 1);
  const head = el(
    "tr",
    {},
    el("td", {}),
    ids.slice(0, -1).map((id, n) => el("th", {scope: "col"}, el("span", {title: id}, short(n)))),
  );
  const body = ids.slice(1).map((row, n) =>
    el(
      "tr",
      {},
      el("th", {scope: "row"}, el("span", {class: "hint"}, short(n + 1) + " "), name(row)),
      ids.slice(0, n + 1).map(column => {
        const at = of.get(column + "\0" + row) ?? of.get(row + "\0" + column),
          pair = cluster.pairs[at];
        if (!pair) return el("td", {}, el("span", {class: "none"}, "\u2013"));
        return el(
          "td",
          {},
          button(pair.score.toFixed(2), () => choose(at), {
            class: "heat heat-" + Math.min(4, Math.floor(pair.score * 5)),
            "aria-pressed": String(at === chosen),
            "aria-label": `${column} and ${row}: ${pair.score.toFixed(2)}, ${plural(pair.passageCount, "passage")}`,
          }),
        );
      }),
    ),
  );
  return el(
    "div",
    {class: "scroll-x"},
    el(
      "table",
      {class: "matrix"},
      el("caption", {class: "unseen"}, "Similarity of each pair"),
      el("thead", {}, head),
      el("tbody", {}, body),
    ),
    el("p", {class: "hint"}, "1 is ", name(ids[0]), ". Each number is a pair; press it to compare."),
  );
}
function pairView(pair) {
  const passages = pair.passages.map(held =>
    el(
      "li",
      {class: "pair " + held.kind},
      el(
        "p",
        {class: "kind"},
        el("span", {class: "tag"}, KINDS[held.kind] ?? held.kind),
        held.evidence?.length ? [" ", el("span", {class: "hint"}, held.evidence.join(", "))] : "",
        el("span", {class: "hint score", title: "How sure, 0 to 1"}, held.score.toFixed(2)),
        held.cut ? el("span", {class: "hint"}, ` (${number(held.cut)} more characters)`) : "",
      ),
      el("blockquote", {"data-title": pair.a}, held.a === undefined ? "\u2026" : marked(held.a, held.evidence ?? [])),
      el("blockquote", {"data-title": pair.b}, held.b === undefined ? "\u2026" : marked(held.b, held.evidence ?? [])),
    ),
  );
  const rest = pair.passageCount - pair.passages.length;
  return el(
    "section",
    {class: "compare", "aria-label": `${pair.a} and ${pair.b}`},
    el("div", {class: "pair heads"}, el("h3", {}, docLink(pair.a)), el("h3", {}, docLink(pair.b))),
    el(
      "p",
      {class: "hint"},
      `${RELATIONS[pair.relation][0].toUpperCase()}${RELATIONS[pair.relation].slice(1)}, ${pair.score.toFixed(2)}.`,
      pair.direction ? [" ", name(pair.direction), " is contained in the other."] : "",
      pair.evidence.length ? [" Evidence: ", pair.evidence.join(", "), "."] : "",
    ),
    passages.length
      ? el("ol", {class: "pairs"}, passages)
      : el("p", {}, "No sentences were found that tell the same; what is shared stands above."),
    rest > 0 && el("p", {class: "hint"}, `${plural(rest, "more passage")} stand in relations.jsonl.`),
  );
}
async function showCluster(at) {
  const brief = all.clusters[at],
    box = $("cluster");
  if (!brief) {
    $("cluster-title").textContent = "This group is not listed here";
    box.replaceChildren();
    return;
  }
  $("cluster-title").textContent = TITLES[brief.relation](number(brief.count));
  const cluster = (await part(brief.part))[at];
  const draw = (chosen, focus) => {
    const small = cluster.members.length > 2 && cluster.members.length <= 12;
    const picker = small
      ? matrix(cluster, chosen, n => draw(n, true))
      : cluster.pairs.length > 1
        ? el(
            "label",
            {},
            "Compare ",
            el(
              "select",
              {onchange: event => draw(Number(event.target.value), true)},
              cluster.pairs.map((pair, n) =>
                el(
                  "option",
                  {value: n, selected: n === chosen},
                  `${pair.a} \u2013 ${pair.b}, ${pair.score.toFixed(2)}`,
                ),
              ),
            ),
          )
        : null;
    const beyond = cluster.pairCount - cluster.pairs.length;
    box.replaceChildren(
      ...[
        cluster.representative && el("p", {}, docLink(cluster.representative), ` stands for them: ${cluster.reason}.`),
        picker,
        beyond > 0 && el("p", {class: "hint"}, `${plural(beyond, "more pair")} stand in relations.jsonl.`),
        cluster.pairs.length && pairView(cluster.pairs[chosen]),
      ].filter(Boolean),
    );
    if (focus) box.querySelector(small ? '.heat[aria-pressed="true"]' : "select")?.focus();
  };
  draw(0, false);
}
