// One document: its verdicts, its text side by side, each change with its reason, and the person's decisions.
let current = null;

function changeCard(id, detail, at, close, go) {
  const edit = detail.edits[at], many = detail.edits.length;
  const verdict = verdictButtons(id, detail.sha256, edit);
  const span = held => held ? `${number(held.start)}\u2013${number(held.end)}` : "\u2013";
  const chain = edit.chain?.length ? [el("dt", {}, "Undone"), el("dd", {}, edit.chain.join(", then "))] : null;
  const evidence = edit.evidence?.length ? [el("dt", {}, "Evidence"), el("dd", {}, edit.evidence.join("; "))] : null;
  return el("div", {class: "change", role: "group", "aria-label": `Change ${at + 1} of ${number(many)}`, tabindex: "-1"},
    el("div", {class: "change-head"},
      el("p", {}, el("strong", {class: "code"}, edit.rule), " ", all.rules[edit.rule] ?? ""),
      el("div", {class: "step"}, button("Previous", () => go(-1), {"data-step": "back"}), el("span", {class: "hint"}, `${number(at + 1)} of ${number(many)}`), button("Next", () => go(1), {"data-step": "next"}), button("Close", close, {"data-step": "close"}))),
    el("p", {class: "swap"}, el("del", {}, value(edit.before)), el("span", {"aria-hidden": "true"}, "\u2192"), el("span", {class: "unseen"}, " became "), el("ins", {}, value(edit.after)),
      el("span", {class: "gauge"}, svg("svg", {viewBox: "0 0 100 6", "aria-hidden": "true", preserveAspectRatio: "none"}, svg("rect", {class: "track", width: 100, height: 6}), svg("rect", {class: edit.kind === "inferred" ? "inferred" : "exact", width: 100 * edit.confidence, height: 6})),
        ` ${percent(edit.confidence)} sure, ${edit.kind === "inferred" ? "inferred" : "exact"}`)),
    el("p", {}, edit.reason[0].toUpperCase() + edit.reason.slice(1) + "."),
    verdict,
    el("dl", {class: "facts"}, chain, evidence,
      codes(edit.before + edit.after) || codes(edit.before) ? [el("dt", {}, "Code points"), el("dd", {class: "code"}, `${codes(edit.before) || "\u2026"} \u2192 ${codes(edit.after) || (edit.after ? "\u2026" : "nothing")}`)] : null,
      el("dt", {}, "Place"), el("dd", {}, `source ${span(edit.source)}, bytes ${span(edit.source_bytes)}, clean ${span(edit.clean)}`)));
}

function verdictFacts(id, p, detail) {
  const enc = all.names[columns.enc[p]], lang = all.names[columns.lang[p]];
  const list = held => held.join(", ");
  const facts = [
    ["Encoding", [el("strong", {}, enc), ` ${percent(columns.encSure[p])}`, detail ? `, by ${detail.method}${detail.why?.length ? ": " + detail.why.join("; ") : ""}` : ""]],
    detail?.segments?.length && ["Mixed", list(detail.segments.map(([codec, count]) => `${codec} ${bytes(count)}`))],
    detail?.encodings?.length && ["Others that fit", list(detail.encodings.map(held => `${held.encoding} ${percent(held.confidence)}${held.same_text ? " (the same text)" : ""}`))],
    ["Language", [el("strong", {}, languageName(lang)), ` ${lang}, ${percent(columns.langSure[p])}`, detail?.group ? `, one of ${detail.group.replaceAll("|", ", ")}` : ""]],
    detail?.shares?.filter(held => held.confidence >= 0.01).length > 1 && ["Shares", list(detail.shares.filter(held => held.confidence >= 0.01).map(held => `${languageName(held.value)} ${percent(held.confidence)}`))],
    detail?.languages?.length > 1 && columns.langSure[p] < 0.95 && ["Candidates", list(detail.languages.map(held => `${held.value} ${percent(held.confidence)}`))],
    ["Source", [bytes(columns.size[p]), detail ? [", SHA-256 ", el("span", {class: "code"}, detail.sha256.slice(0, 16) + "\u2026")] : ""]],
    detail?.renamed && ["Name repaired", name(detail.renamed)],
    detail?.clusters?.length && ["Belongs to", detail.clusters.map((held, n) => {
      const at = all.clusters.findIndex(cluster => cluster.id === held.cluster);
      const text = `${RELATIONS[held.relation]}${held.representative ? ", stands for them" : ""}`;
      return [n ? "; " : "", at < 0 ? text : el("a", {href: "#cluster=" + at}, text)];
    })],
  ];
  return el("dl", {class: "facts"}, facts.filter(Boolean).map(([key, held]) => [el("dt", {}, key), el("dd", {}, held)]));
}

function overrides(id, p, detail) {
  const field = (key, title, now, options) => {
    const list = `${key}-options`;
    const input = el("input", {type: "text", list, placeholder: now, value: override(id, key) ?? "", autocomplete: "off", spellcheck: "false", onchange: event => setOverride(id, key, event.target.value.trim())});
    return el("label", {}, title, input, el("datalist", {id: list}, options.map(option => el("option", {value: option}))));
  };
  return el("details", {class: "quiet", open: Boolean(override(id, "encoding") || override(id, "language"))}, el("summary", {}, "The encoding or the language is wrong"),
    el("div", {class: "fields"},
      field("encoding", "It is in the encoding", all.names[columns.enc[p]], [...new Set([...(detail?.encodings ?? []).map(held => held.encoding), ...all.tallies.encodings.map(row => row[0])])]),
      field("language", "It is in the language", all.names[columns.lang[p]], [...new Set([...(detail?.languages ?? []).map(held => held.value), ...all.tallies.languages.map(row => row[0])])])),
    el("p", {class: "hint"}, "Goes into decisions.jsonl; a later run reads the document so."));
}

function findingList(detail) {
  const held = detail.findings ?? [];
  if (!held.length) return null;
  const text = detail.text === undefined ? null : points(detail.text);
  const item = found => {
    const [left, middle, right] = text ? [cut(text, Math.max(0, found.start - 70), found.start), cut(text, found.start, Math.min(found.end, found.start + 300)), cut(text, found.end, found.end + 70)] : [found.left, found.held, found.right];
    return el("li", {}, el("p", {class: "context", dir: "auto"}, visible(left), el("mark", {}, middle ? visible(middle, !middle.trim()) : "\u2205"), visible(right)),
      el("p", {class: "hint"}, ruleTag(found.rule), ` ${found.reason}`, found.candidates?.length ? ["; perhaps ", found.candidates.map((one, n) => [n ? ", " : "", value(one.value), ` ${percent(one.confidence)}`])] : ""));
  };
  const list = el("ol", {class: "found"}, held.slice(0, 50).map(item));
  if (held.length > 50) list.append(el("li", {}, button(`${number(held.length - 50)} more`, event => event.target.closest("li").replaceWith(...held.slice(50).map(item)))));
  return el("section", {}, el("h3", {}, `Left alone (${number(held.length)})`), list);
}

async function showDocument(id, place) {
  const p = docNamed(id), box = $("doc");
  listeners.delete(current?.update);
  $("doc-title").replaceChildren(name(id));
  if (p === undefined) { box.replaceChildren(el("p", {}, "This document is not listed here; see corpus.jsonl and removed.jsonl.")); return; }
  const detail = await detailOf(p);
  if (!detail || !detail.edits) {
    const text = detail?.text === "" ? el("p", {class: "hint"}, "The text is empty.") : detail?.text !== undefined ? el("div", {class: "plain-text", tabindex: "0", role: "region", "aria-label": "Text", dir: "auto"}, visible(detail.text)) : el("p", {class: "hint"}, "Its text is left out here; it stands in text/.");
    const word = columns.edits[p] === 0 ? "Nothing was changed." : `${plural(counts(columns.edits[p]), "change")}; they stand in edits.jsonl.`;
    box.replaceChildren(verdictFacts(id, p, detail), overrides(id, p, detail), el("p", {class: "lead"}, word), ...[detail && findingList(detail)].filter(Boolean), text);
    return;
  }
  const edits = detail.edits, rows = rowsOf(detail), rules = columns.edits[p];
  let rule = null, open = rows.length <= 40, view = null, at = -1;
  const shown = n => rule === null || edits[n].rule === rule;
  const list = () => edits.map((_, n) => n).filter(shown).sort((a, b) => byPlace(edits[a].clean, edits[b].clean));
  const markOf = n => [...view.querySelectorAll("ins[data-edit]")].find(node => node.dataset.edit.split(" ").includes(String(n)));
  const state = (node, held) => {
    const verdicts = held.map(n => decision(id, edits[n])?.verdict).filter(Boolean);
    node.classList.toggle("rejected", verdicts.includes("reject"));
    node.classList.toggle("accepted", verdicts.length === held.length && !verdicts.includes("reject"));
  };
  const close = back => {
    const node = at >= 0 && markOf(at);
    view.querySelector(".change-row")?.remove();
    for (const on of view.querySelectorAll(".on")) { on.classList.remove("on"); if (on.hasAttribute("aria-expanded")) on.setAttribute("aria-expanded", "false"); }
    if (back && node) node.focus();
    at = -1;
  };
  const openChange = (n, focus = true) => {
    close(false);
    let node = markOf(n);
    if (!node) { open = true; draw(); node = markOf(n); }
    if (!node) return;
    at = n;
    for (const one of view.querySelectorAll("[data-edit]")) if (one.dataset.edit === node.dataset.edit) one.classList.add("on");
    node.setAttribute("aria-expanded", "true");
    const step = by => { const all_ = list(), next = all_[(all_.indexOf(n) + by + all_.length) % all_.length]; openChange(next); };
    const shut = () => close(true);
    const card = changeCard(id, detail, n, shut, step);
    node.closest(".line").after(el("div", {class: "change-row", role: "row"}, el("div", {role: "cell"}, card)));
    const others = node.dataset.edit.split(" ").map(Number).filter(other => other !== n && shown(other));
    if (others.length) card.append(el("p", {class: "hint"}, "At the same place: ", others.map(other => button(`${edits[other].rule}`, () => openChange(other)))));
    if (focus) { node.scrollIntoView({block: "start"}); card.focus({preventScroll: true}); }
    history.replaceState(null, "", `#doc=${encodeURIComponent(id.toWellFormed?.() ?? id)}&change=${n + 1}`);
  };
  const holder = el("div", {});
  const draw = () => {
    view = diffView(rows, edits, shown, open, (n, node) => node.classList.contains("on") && at === n ? close(true) : openChange(n), state);
    holder.replaceChildren(view);
    at = -1;
  };
  const chips = el("div", {class: "chips", role: "group", "aria-label": "Show changes by rule"});
  const drawChips = () => chips.replaceChildren(...[[null, edits.length], ...rules.flatMap((held, n) => n % 2 ? [] : [[all.names[held], rules[n + 1]]])].map(([code, count]) =>
    button([code ?? "All changes", " ", el("span", {class: "hint"}, number(count))], () => { rule = code; drawChips(); draw(); tools(); }, {"aria-pressed": String(rule === code), title: code ? all.rules[code] : null})));
  const whole = button("", () => { open = !open; draw(); tools(); });
  const bulk = verdict => () => { for (const n of list()) decide(id, detail.sha256, edits[n], verdict); };
  const accept = button("", bulk("accept")), reject = button("", bulk("reject"));
  const tools = () => {
    whole.textContent = open ? "Only what changed" : "Whole text";
    whole.hidden = detail.text === undefined;
    accept.textContent = `Accept ${rule ? "all of " + rule : "all"}`;
    reject.textContent = `Reject ${rule ? "all of " + rule : "all"}`;
  };
  drawChips();
  tools();
  draw();
  const beyond = counts(rules) - edits.length;
  box.replaceChildren(verdictFacts(id, p, detail), overrides(id, p, detail),
    el("div", {class: "toolbar"}, chips, el("div", {class: "actions"}, whole, accept, reject)),
    el("details", {class: "quiet keys"}, el("summary", {}, "Keys"), el("p", {class: "hint"}, "With the focus in the text: n next change, p previous, a accept, r reject, 1 to 9 pick an alternative, u undecided, Escape closes.")),
    holder, beyond > 0 ? el("p", {class: "hint"}, `${plural(beyond, "more change")} of this document stand in edits.jsonl.`) : "", findingList(detail) ?? "");
  current = {update: () => {
    for (const node of view.querySelectorAll("ins[data-edit]")) state(node, node.dataset.edit.split(" ").map(Number));
    view.querySelector(".verdict")?.update();
  }};
  listeners.add(current.update);
  holder.onkeydown = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    const ordered = list(), held = at >= 0 ? at : Number(event.target.dataset?.edit?.split(" ")[0] ?? -1);
    const go = by => openChange(ordered[(ordered.indexOf(held) + by + ordered.length) % ordered.length]);
    const act = {n: () => held < 0 ? openChange(ordered[0]) : go(1), p: () => go(-1), Escape: () => close(true)}[event.key];
    if (act) { event.preventDefault(); act(); return; }
    if (held < 0) return;
    const verdict = {a: "accept", r: "reject", u: null}[event.key], other = edits[held].alternatives?.[Number(event.key) - 1];
    if (verdict !== undefined) decide(id, detail.sha256, edits[held], verdict);
    else if (other) decide(id, detail.sha256, edits[held], "pick", other.value);
  };
  if (place !== null && edits[place]) openChange(place);
}
