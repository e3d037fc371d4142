// What a person decides: kept in memory, given out as decisions.jsonl.
const decided = new Map();
const listeners = new Set();
let saved = true;

const editKey = (id, edit) => JSON.stringify([id, edit.rule, edit.source.start, edit.source.end, edit.before]);
const decision = (id, edit) => decided.get(editKey(id, edit));
const override = (id, field) => decided.get(JSON.stringify([id, field]))?.[field];
function put(key, row, show = true) {
  if (row) decided.set(key, row);
  else decided.delete(key);
  saved = false;
  if (show) showDecided();
}
// `verdict`: accept, reject, pick (with the text picked), or null to take a decision back;
// `show`: false where many follow one another.
function decide(id, sha256, edit, verdict, after, show) {
  const row = verdict && {
    document: id,
    sha256,
    rule: edit.rule,
    start: edit.source.start,
    end: edit.source.end,
    before: edit.before,
    verdict,
  };
  if (verdict === "pick") row.after = after;
  put(editKey(id, edit), row, show);
}
function setOverride(id, field, text) {
  put(JSON.stringify([id, field]), text ? {document: id, [field]: text} : null);
}
function showDecided() {
  $("decisions").hidden = decided.size === 0;
  $("then").hidden = !saved;
  $("decided").textContent = plural(decided.size, "decision") + (saved ? ", downloaded" : ", not downloaded yet");
  for (const listener of listeners) listener();
}
const decisionLines = () => [...decided.values()].map(row => JSON.stringify(row) + "\n").join("");
$("download").addEventListener("click", () => {
  const url = URL.createObjectURL(new Blob([decisionLines()], {type: "application/jsonl"}));
  el("a", {href: url, download: "decisions.jsonl"}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  saved = true;
  showDecided();
});
$("forget").addEventListener("click", () => {
  if (!confirm(`Discard ${plural(decided.size, "decision")}?`)) return;
  decided.clear();
  saved = true;
  showDecided();
});
$("load").addEventListener("change", async event => {
  const file = event.target.files[0];
  if (!file) return;
  let bad = 0;
  for (const line of (await file.text()).split("\n").filter(line => line.trim())) {
    try {
      const row = JSON.parse(line);
      if (typeof row.document !== "string") throw new Error("no document");
      const field = ["encoding", "language"].find(field => typeof row[field] === "string");
      if (field) decided.set(JSON.stringify([row.document, field]), row);
      else decided.set(editKey(row.document, {...row, source: row}), row);
    } catch {
      bad += 1;
    }
  }
  showDecided();
  if (bad) alert(`${plural(bad, "line")} of the file could not be read and were left out.`);
});
addEventListener("beforeunload", event => {
  if (!saved && decided.size) event.preventDefault();
});

// Buttons for one change; they tell their state.
function verdictButtons(id, sha256, edit) {
  const box = el("div", {class: "verdict", role: "group", "aria-label": "Decide"});
  const press = (label, verdict, after, props = {}) =>
    button(
      label,
      () => {
        const held = decision(id, edit),
          same = held?.verdict === verdict && (verdict !== "pick" || held.after === after);
        decide(id, sha256, edit, same ? null : verdict, after);
      },
      {"data-verdict": verdict, "data-after": after, ...props},
    );
  box.append(press("Accept", "accept"), press("Reject", "reject"));
  for (const [at, other] of (edit.alternatives ?? []).entries())
    box.append(
      press(["Pick ", value(other.value), ` ${percent(other.confidence)}`], "pick", other.value, {"data-pick": at + 1}),
    );
  const update = () => {
    const held = decision(id, edit);
    for (const node of box.querySelectorAll("button"))
      node.setAttribute(
        "aria-pressed",
        String(
          held?.verdict === node.dataset.verdict && (held.verdict !== "pick" || held.after === node.dataset.after),
        ),
      );
  };
  update();
  box.update = update;
  return box;
}
