// The table of documents: only the rows in view are elements, so that 100,000 cost no more than 40.
const LIST = [
  ["id", "Document"],
  ["lang", "Language"],
  ["enc", "Encoding"],
  ["edits", "Changes"],
  ["least", "Least sure"],
  ["found", "Left alone"],
  ["size", "Size"],
];
const NUMERIC = new Set(["edits", "least", "found", "size"]);
const STATES = [
  ["", "all"],
  ["changed", "changed"],
  ["untouched", "as they were"],
  ["noticed", "something left alone"],
  ["encoding", "doubtful encoding"],
  ["language", "doubtful language"],
  ["decided", "decided by you"],
];
const DOUBT = 0.8;
let order = "id",
  down = false,
  rows = [],
  cursor = 0,
  high = 44;
const sorting = {
  id: place => place,
  lang: place => all.names[columns.lang[place]],
  enc: place => all.names[columns.enc[place]],
  edits: place => counts(columns.edits[place]),
  least: place => columns.least[place],
  found: place => counts(columns.found[place]),
  size: place => columns.size[place],
};
const heads = LIST.map(([key, title]) =>
  el(
    "th",
    {scope: "col", class: "c-" + key + (NUMERIC.has(key) ? " num" : "")},
    button(title, () => {
      down = order === key ? !down : NUMERIC.has(key) && key !== "least";
      order = key;
      sortTable();
    }),
  ),
);
document.querySelector("#table thead tr").append(...heads);
function sortTable() {
  const of = sorting[order],
    sign = down ? -1 : 1;
  const keys = new Map(rows.map(place => [place, of(place)]));
  rows.sort((a, b) => (keys.get(a) < keys.get(b) ? -sign : keys.get(a) > keys.get(b) ? sign : 0) || a - b);
  LIST.forEach(([key], at) =>
    heads[at].setAttribute("aria-sort", key === order ? (down ? "descending" : "ascending") : "none"),
  );
  $("scroll").scrollTop = 0;
  cursor = 0;
  drawRows(true);
}
function filterTable() {
  const text = $("f-text").value.toLowerCase(),
    state = $("f-state").value;
  const chosen = id => all.names.indexOf($(id).value),
    rule = chosen("f-rule"),
    lang = chosen("f-lang"),
    enc = chosen("f-enc");
  const marked = state === "decided" ? new Set([...decided.values()].map(row => row.document)) : null;
  const fits = {
    changed: p => columns.edits[p] !== 0,
    untouched: p => columns.edits[p] === 0 && columns.found[p] === 0,
    noticed: p => columns.found[p] !== 0,
    encoding: p => columns.encSure[p] < DOUBT,
    language: p => columns.langSure[p] < DOUBT,
    decided: p => marked.has(columns.id[p]),
  }[state];
  rows = [];
  for (let p = 0; p < listed; p += 1)
    if (
      (!text || columns.id[p].toLowerCase().includes(text)) &&
      (!fits || fits(p)) &&
      (lang < 0 || columns.lang[p] === lang) &&
      (enc < 0 || columns.enc[p] === enc) &&
      (rule < 0 || has(columns.edits[p], rule) || has(columns.found[p], rule))
    )
      rows.push(p);
  $("count").textContent =
    rows.length === listed ? plural(listed, "document") : `${number(rows.length)} of ${plural(listed, "document")}`;
  sortTable();
}
function tableRow(at) {
  const p = rows[at],
    edits = counts(columns.edits[p]),
    found = counts(columns.found[p]),
    lang = all.names[columns.lang[p]],
    enc = all.names[columns.enc[p]];
  const sure = confidence => el("span", {class: "sure" + (confidence < DOUBT ? " low" : "")}, percent(confidence));
  return el(
    "tr",
    {"aria-rowindex": at + 2, "data-at": at},
    el(
      "td",
      {class: "c-id"},
      docLink(columns.id[p]),
      el(
        "span",
        {class: "sub"},
        `${lang} \u00b7 ${enc} \u00b7 ${edits ? plural(edits, "change") : "unchanged"}${found ? ` \u00b7 ${number(found)} left alone` : ""}`,
      ),
    ),
    el("td", {class: "c-lang"}, lang, " ", sure(columns.langSure[p])),
    el("td", {class: "c-enc", title: all.names[columns.enc[p]]}, enc, " ", sure(columns.encSure[p])),
    el("td", {class: "c-edits num"}, edits ? number(edits) : el("span", {class: "none"}, "\u2013")),
    el("td", {class: "c-least num"}, edits ? sure(columns.least[p]) : el("span", {class: "none"}, "\u2013")),
    el("td", {class: "c-found num"}, found ? number(found) : el("span", {class: "none"}, "\u2013")),
    el("td", {class: "c-size num"}, bytes(columns.size[p])),
  );
}
let drawn = "";
const linkOf = at => document.querySelector(`#table tr[data-at="${at}"] a`);
function drawRows(force) {
  const box = $("scroll"),
    body = document.querySelector("#table tbody");
  const first = Math.max(0, Math.floor(box.scrollTop / high) - 8),
    last = Math.min(rows.length, first + Math.ceil((box.clientHeight || 600) / high) + 16);
  if (!force && drawn === `${first} ${last}`) return;
  drawn = `${first} ${last}`;
  const held = document.activeElement.closest("#table tr[data-at]")?.dataset.at;
  const space = height => {
    const row = el("tr", {"aria-hidden": "true", class: "space"}, el("td", {}));
    row.style.height = height + "px";
    return row;
  };
  const shown = [];
  for (let at = first; at < last; at += 1) shown.push(tableRow(at));
  body.replaceChildren(space(first * high), ...shown, space((rows.length - last) * high));
  if (held !== undefined) linkOf(held)?.focus({preventScroll: true}); // the row that had the focus is another element now
  $("table").setAttribute("aria-rowcount", String(rows.length + 1));
  if (shown.length && shown[0].offsetHeight > 1 && Math.abs(shown[0].offsetHeight - high) > 1) {
    high = shown[0].offsetHeight;
    drawRows(true);
  }
}
// Arrow keys go from row to row, also to those that are not elements yet.
function goTo(at) {
  cursor = Math.max(0, Math.min(rows.length - 1, at));
  const box = $("scroll"),
    top = cursor * high;
  if (top < box.scrollTop) box.scrollTop = top;
  if (top + 3 * high > box.scrollTop + box.clientHeight) box.scrollTop = top + 3 * high - box.clientHeight;
  drawRows(true);
  linkOf(cursor)?.focus({preventScroll: true});
}
$("table").addEventListener("keydown", event => {
  const at = event.target.closest("tr[data-at]")?.dataset.at;
  const by = {ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -1e9, End: 1e9}[event.key];
  if (at === undefined || by === undefined) return;
  event.preventDefault();
  goTo(Number(at) + by);
});
function setUpTable() {
  const options = (id, list) => $(id).append(...list.map(([key, title]) => el("option", {value: key}, title)));
  options("f-state", STATES);
  const used = [...all.tallies.rules, ...all.tallies.findings].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  options("f-rule", [
    ["", "any"],
    ...used.map(([code, count]) => [code, `${code} ${all.rules[code]} (${number(count)})`]),
  ]);
  options("f-lang", [
    ["", "any"],
    ...all.tallies.languages.map(([code, count]) => [code, `${code} ${languageName(code)} (${number(count)})`]),
  ]);
  options("f-enc", [
    ["", "any"],
    ...all.tallies.encodings.map(([code, count]) => [code, `${code} (${number(count)})`]),
  ]);
  const missing = all.documents - listed;
  $("untold").textContent =
    (missing
      ? `The first ${number(listed)} documents are listed; ${number(missing)} more stand in corpus.jsonl. `
      : "") +
    (all.untold.texts
      ? `Of ${plural(all.untold.texts, "document")} the whole text is left out to keep this page small; it stands in text/.`
      : "") +
    (all.untold.details
      ? ` Of ${plural(all.untold.details, "document")} the changes are counted here and stand in edits.jsonl.`
      : "");
  let waiting = false;
  $("scroll").addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        drawRows(false);
      });
    },
    {passive: true},
  );
  $("filters").addEventListener("input", filterTable);
  $("filters").addEventListener("submit", event => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(filterTable));
  addEventListener("resize", () => drawRows(true));
}
