"use strict";
(() => {
const [all, ...docs] = JSON.parse(document.getElementById("data").textContent);
const $ = id => document.getElementById(id);
const el = (tag, props = {}, ...kids) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  for (const kid of kids.flat()) if (kid !== null && kid !== undefined) node.append(kid);
  return node;
};
const number = value => value.toLocaleString("en");
const percent = value => `${Math.round(value * 100)} %`;
const plural = (count, noun) => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
const SYMBOLS = {"\u00a0": "NBSP", "\t": "TAB", "\r": "CR", "\ufeff": "BOM", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u3000": "IDSP", "\u2028": "LS", "\u2029": "PS"};
const visible = (text, spaces) => {
  const node = el("bdi", {dir: "auto"});
  let plain = "";
  const flush = () => { if (plain) { node.append(plain); plain = ""; } };
  for (const char of text) {
    const code = char.codePointAt(0);
    let name = SYMBOLS[char];
    if (!name && ((code < 32 && char !== "\n") || (code >= 127 && code < 160) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)))
      name = "U+" + code.toString(16).toUpperCase().padStart(4, "0");
    if (spaces && char === " ") name = "\u2423";
    if (spaces && char === "\n") name = "\u21b5";
    if (name) { flush(); node.append(el("span", {class: "sym", title: name}, `\u27e8${name}\u27e9`)); if (char === "\n") node.append("\n"); }
    else plain += char;
  }
  flush();
  return node;
};
const tally = values => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
};
const bars = (title, rows, note) => {
  const most = Math.max(1, ...rows.map(row => row[1]));
  const list = el("dl", {class: "bars"});
  for (const [name, count, hint] of rows.slice(0, 10)) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 100 8"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("aria-hidden", "true");
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    bar.setAttribute("width", String(100 * count / most)); bar.setAttribute("height", "8"); bar.setAttribute("rx", "1");
    svg.append(bar);
    list.append(el("dt", {title: hint || name}, name), el("dd", {}, svg), el("dd", {class: "num"}, number(count)));
  }
  const more = rows.length > 10 ? el("p", {}, `and ${rows.length - 10} more`) : null;
  return el("div", {class: "card"}, el("h3", {}, title), rows.length ? list : el("p", {}, "none"), more, note ? el("p", {}, note) : null);
};
const rulesOf = rows => [...rows.reduce((sum, row) => { for (const [rule, count] of Object.entries(row)) sum.set(rule, (sum.get(rule) || 0) + count); return sum; }, new Map())]
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([rule, count]) => [rule, count, all.rules[rule]]);
const findingRules = doc => doc.findings.reduce((sum, found) => ({...sum, [found.rule]: (sum[found.rule] || 0) + 1}), {});

const changed = docs.filter(doc => doc.edits).length;
const edits = docs.reduce((sum, doc) => sum + doc.edits, 0);
$("lead").textContent = `${plural(docs.length, "document")} in the corpus. ${plural(changed, "document")} changed in ${plural(edits, "place")}; ` +
  `the others are as they were. Profile \u201c${all.profile}\u201d, cleaner ${all.version}.`;
$("overview").append(
  bars("What was changed", rulesOf(docs.map(doc => doc.rules)), "Places by rule."),
  bars("What was left alone", rulesOf(docs.map(findingRules)), "Seen and reported, not changed."),
  bars("Languages", tally(docs.map(doc => doc.language))),
  bars("Encodings", tally(docs.map(doc => doc.encoding || "none"))),
  bars("Confidence of changes", all.confidence.map((count, place) => [`${place * 10}\u2013${place * 10 + 10} %`, count]).filter(row => row[1]).reverse()),
  bars("Overlaps", tally(all.relations.map(row => row.relation)), "Pairs by kind."),
);

const highlight = (text, words) => {
  const node = el("bdi", {dir: "auto"});
  const wanted = new Set(words.map(word => word.toLowerCase().slice(0, 5)));
  for (const part of text.split(/([\p{L}\p{M}]+)/u))
    node.append(part && wanted.has(part.toLowerCase().slice(0, 5)) ? el("mark", {}, part) : part);
  return node;
};
const KINDS = {same_text: "same text", same_event: "same event", same_people: "same people", boilerplate: "boilerplate"};
for (const cluster of all.clusters) {
  $("stories").hidden = false;
  const what = cluster.relation === "story" ? "tell one story" : "are copies";
  const own = all.relations.filter(row => cluster.members.includes(row.a) && cluster.members.includes(row.b));
  const box = el("div", {class: "card", id: cluster.id}, el("h3", {}, `${plural(cluster.members.length, "document")} ${what}`),
    el("p", {}, cluster.members.flatMap((id, place) => [place ? ", " : "", open(id)])),
    el("p", {}, `${cluster.representative} stands for them: ${cluster.reason}.`));
  for (const row of own.slice(0, 60)) {
    const pairs = row.passages.map(p => el("div", {class: "pair"}, el("p", {}, highlight(p.a, p.evidence)), el("p", {}, highlight(p.b, p.evidence)),
      el("p", {class: "why"}, `${KINDS[p.kind]}${p.evidence && p.evidence.length ? ": " + p.evidence.join(", ") : ""}`)));
    box.append(el("details", {}, el("summary", {}, `${row.a} \u2013 ${row.b}: ${row.relation}, ${row.score.toFixed(2)}, ${plural(row.passages.length, "passage")}`),
      el("p", {class: "why"}, "Shared: " + (row.evidence || []).join(", ")), pairs));
  }
  $("clusters").append(box);
}

function open(id) { return el("button", {type: "button", class: "link", onclick: () => show(id)}, el("bdi", {dir: "auto"}, id)); }
const COLUMNS = [["id", "Document"], ["language", "Language"], ["encoding", "Encoding"], ["edits", "Changes"], ["found", "Left alone"], ["size", "Bytes"]];
for (const doc of docs) doc.found = doc.findings.length;
let order = "id", down = false, shown = 200, current = null;
const heads = COLUMNS.map(([key, title]) => el("th", {scope: "col", "aria-sort": "none", class: key === "size" ? "num wide" : key === "edits" || key === "found" ? "num" : ""}, el("button", {type: "button", onclick: () => { down = order === key && !down; order = key; draw(); }}, title)));
document.querySelector("#table thead tr").append(...heads);
const options = (id, rows) => $(id).append(el("option", {value: ""}, "all"), ...rows.map(([name, count]) => el("option", {value: name}, `${name} (${number(count)})`)));
options("f-language", tally(docs.map(doc => doc.language)));
options("f-encoding", tally(docs.map(doc => doc.encoding || "none")));
options("f-rule", rulesOf([...docs.map(doc => doc.rules), ...docs.map(findingRules)]));
const rows = () => {
  const text = $("f-text").value.toLowerCase(), language = $("f-language").value, encoding = $("f-encoding").value, rule = $("f-rule").value, only = $("f-changed").checked;
  return docs.filter(doc => (!text || doc.id.toLowerCase().includes(text) || (doc.text || "").toLowerCase().includes(text)) && (!language || doc.language === language) &&
    (!encoding || doc.encoding === encoding) && (!rule || doc.rules[rule] || doc.findings.some(found => found.rule === rule)) && (!only || doc.edits));
};
function draw() {
  const found = rows().sort((a, b) => (a[order] < b[order] ? -1 : a[order] > b[order] ? 1 : 0) * (down ? -1 : 1) || (a.id < b.id ? -1 : 1));
  COLUMNS.forEach(([key], place) => heads[place].setAttribute("aria-sort", key === order ? (down ? "descending" : "ascending") : "none"));
  $("count").textContent = `${plural(found.length, "document")}${found.length === docs.length ? "" : " of " + number(docs.length)}`;
  $("more").hidden = found.length <= shown;
  document.querySelector("#table tbody").replaceChildren(...found.slice(0, shown).map(doc => el("tr", {"aria-current": doc.id === current ? "true" : null},
    el("td", {}, open(doc.id)), el("td", {}, `${doc.language} ${percent(doc.languageSure)}`), el("td", {}, `${doc.encoding} ${percent(doc.encodingSure)}`),
    el("td", {class: "num"}, number(doc.edits)), el("td", {class: "num"}, number(doc.found)), el("td", {class: "num wide"}, number(doc.size)))));
}
$("more").addEventListener("click", () => { shown += 1000; draw(); });
$("filters").addEventListener("input", () => { shown = 200; draw(); });
$("filters").addEventListener("submit", event => event.preventDefault());

const points = text => Array.from(text);
function pane(title, text, doc, side) {
  const chars = points(text), node = el("div", {class: "pane", tabindex: "0", role: "region", "aria-label": title}, el("h3", {}, title));
  const spans = doc.changes.map((change, place) => [...(side === "del" ? change.sourceSpan : change.cleanSpan), place]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let done = 0;
  for (const [start, end, place] of spans) {
    if (start < done) continue;
    node.append(visible(chars.slice(done, start).join("")));
    const held = chars.slice(start, end).join("");
    node.append(el(side, {tabindex: "0", "data-change": place, "aria-label": `change ${place + 1}, ${doc.changes[place].rule}`, onclick: () => pick(place), onkeydown: event => { if (event.key === "Enter") pick(place); }},
      held ? visible(held, !held.trim()) : el("span", {class: "sym"}, "\u2205")));
    done = end;
  }
  node.append(visible(chars.slice(done).join("")));
  return node;
}
function pick(place) {
  for (const node of document.querySelectorAll(".on")) node.classList.remove("on");
  for (const node of document.querySelectorAll(`[data-change="${place}"]`)) { node.classList.add("on"); node.scrollIntoView({block: "nearest"}); }
  const row = $(`change-${place}`);
  if (row) { row.scrollIntoView({block: "center"}); row.focus(); }
}
function show(id) {
  const doc = docs.find(one => one.id === id), view = $("view");
  if (!doc) return;
  current = id; draw();
  view.hidden = false;
  $("view-title").replaceChildren(el("bdi", {dir: "auto"}, id));
  const body = $("view-body");
  body.replaceChildren(el("p", {}, `${doc.encoding}, ${percent(doc.encodingSure)} (${doc.encodingWhy.join("; ")}); language ${doc.language}, ${percent(doc.languageSure)}; ${plural(doc.edits, "change")}.`));
  if (!doc.edits) body.append(el("p", {}, "Nothing was changed."));
  if (doc.source !== undefined) body.append(el("div", {class: "side"}, pane("Source", doc.source, doc, "del"), pane("Clean", doc.text, doc, "ins")));
  if (doc.changes) body.append(el("ol", {class: "changes", "aria-label": "Changes"}, doc.changes.map((change, place) => el("li", {id: `change-${place}`, tabindex: "-1"},
    el("div", {class: "ctx"}, visible(change.left), el("del", {"data-change": place}, change.was ? visible(change.was, !change.was.trim()) : "\u2205"), el("ins", {"data-change": place}, change.after ? visible(change.after, !change.after.trim()) : "\u2205"), visible(change.right)),
    el("p", {class: "why"}, el("span", {class: "code"}, change.rule), ` ${change.reason}. ${change.kind || "exact"}, ${percent(change.confidence)}`,
      change.evidence ? `; ${change.evidence.join("; ")}` : "", change.alternatives ? ["; or ", change.alternatives.flatMap((other, n) => [n ? ", " : "", visible(other.value, true), ` ${percent(other.confidence)}`])] : "")))));
  if (doc.changes && doc.edits > doc.changes.length) body.append(el("p", {}, `${number(doc.edits - doc.changes.length)} more changes stand in edits.jsonl.`));
  if (doc.findings.length) body.append(el("h3", {}, "Left alone"), el("ul", {class: "changes"}, doc.findings.map(found => el("li", {}, el("div", {class: "ctx"}, visible(found.text)), el("p", {class: "why"}, el("span", {class: "code"}, found.rule), ` ${found.reason}`)))));
  view.scrollIntoView(); view.focus();
  history.replaceState(null, "", "#doc=" + encodeURIComponent(id));
}
const follow = () => { if (location.hash.startsWith("#doc=")) show(decodeURIComponent(location.hash.slice(5))); };
addEventListener("hashchange", follow);
const others = [[all.rejected, "path", "reason", "No document"], [all.removed, "id", "reason", "Left out by the overlap policy, kept in removed.jsonl"]].filter(row => row[0].length);
if (others.length) {
  $("others").hidden = false;
  for (const [list, name, why, title] of others) $("others-body").append(el("h3", {}, title), el("ul", {}, list.slice(0, 500).map(row => el("li", {}, el("bdi", {dir: "auto"}, row[name]), ": ", row[why]))));
}
const theme = $("theme"), dark = matchMedia("(prefers-color-scheme: dark)").matches;
const setTheme = on => { document.documentElement.dataset.theme = on ? "dark" : "light"; theme.setAttribute("aria-pressed", String(on)); theme.textContent = on ? "Light" : "Dark"; };
theme.addEventListener("click", () => setTheme(document.documentElement.dataset.theme !== "dark"));
setTheme(dark);
draw();
follow();
})();
