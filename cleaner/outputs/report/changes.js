// The changes of one document, side by side: filtered by rule, opened one by one, decided by mouse or keys.
class ChangesView {
  constructor(id, place, detail) {
    Object.assign(this, {id, detail, edits: detail.edits, rules: columns.edits[place]});
    this.rows = rowsOf(detail);
    this.rule = null; // the only rule that is shown
    this.whole = this.rows.length <= 40;
    this.at = -1; // number of the change whose card is open
    this.holder = el("div", {onkeydown: event => this.key(event)});
    this.chips = el("div", {class: "chips", role: "group", "aria-label": "Show changes by rule"});
    this.wholeButton = button("", () => {
      this.whole = !this.whole;
      this.draw();
    });
    this.acceptButton = button("", () => this.decideAll("accept"));
    this.rejectButton = button("", () => this.decideAll("reject"));
    this.update = () => this.updateDecisions();
    this.draw();
  }

  shown(number) {
    return this.rule === null || this.edits[number].rule === this.rule;
  }

  // Numbers of the changes that are shown, in the order of the text.
  order() {
    const place = number => this.edits[number].clean;
    return this.edits
      .map((_, number) => number)
      .filter(number => this.shown(number))
      .sort((a, b) => byPlace(place(a), place(b)));
  }

  nodes() {
    return [
      el(
        "div",
        {class: "toolbar"},
        this.chips,
        el("div", {class: "actions"}, this.wholeButton, this.acceptButton, this.rejectButton),
      ),
      el(
        "details",
        {class: "quiet keys"},
        el("summary", {}, "Keys"),
        el(
          "p",
          {class: "hint"},
          "With the focus in the text: n next change, p previous, a accept, r reject, 1 to 9 pick an alternative, u undecided, Escape closes.",
        ),
      ),
      this.holder,
    ];
  }

  draw() {
    this.at = -1;
    const pressed = (number, node) =>
      node.classList.contains("on") && this.at === number ? this.close(true) : this.open(number);
    this.view = diffView(
      this.rows,
      this.edits,
      number => this.shown(number),
      this.whole,
      pressed,
      (node, held) => this.markDecided(node, held),
    );
    this.holder.replaceChildren(this.view);
    this.drawTools();
  }

  drawTools() {
    const counted = this.rules.flatMap((name, at) => (at % 2 ? [] : [[all.names[name], this.rules[at + 1]]]));
    const chip = ([code, count]) =>
      button(
        [code ?? "All changes", " ", el("span", {class: "hint"}, number(count))],
        () => {
          this.rule = code;
          this.draw();
        },
        {"aria-pressed": String(this.rule === code), title: code ? all.rules[code] : null},
      );
    const every = counted.reduce((sum, [, count]) => sum + count, 0); // more than are here where the document is large
    this.chips.replaceChildren(...[[null, every], ...counted].map(chip));
    const what = this.rule ? `all of ${this.rule}` : "all";
    this.wholeButton.textContent = this.whole ? "Only what changed" : "Whole text";
    this.wholeButton.hidden = this.detail.text === undefined;
    this.acceptButton.textContent = `Accept ${what}`;
    this.rejectButton.textContent = `Reject ${what}`;
  }

  markOf(number) {
    return [...this.view.querySelectorAll("ins[data-edit]")].find(node =>
      node.dataset.edit.split(" ").includes(String(number)),
    );
  }

  close(back) {
    const node = this.at >= 0 && this.markOf(this.at);
    this.view.querySelector(".change-row")?.remove();
    for (const on of this.view.querySelectorAll(".on")) {
      on.classList.remove("on");
      if (on.hasAttribute("aria-expanded")) on.setAttribute("aria-expanded", "false");
    }
    if (back && node) node.focus();
    this.at = -1;
  }

  open(number) {
    this.close(false);
    const row = this.rows.findIndex(one => one.pieces.some(piece => piece.edits?.includes(number)));
    this.view.drawThrough(row);
    if (!this.markOf(number)) {
      this.whole = true;
      this.draw();
      this.view.drawThrough(row);
    }
    const node = this.markOf(number);
    if (!node) return;
    this.at = number;
    for (const one of this.view.querySelectorAll("[data-edit]"))
      if (one.dataset.edit === node.dataset.edit) one.classList.add("on");
    node.setAttribute("aria-expanded", "true");
    const card = changeCard(
      this.id,
      this.detail,
      number,
      () => this.close(true),
      by => this.step(by),
    );
    const others = node.dataset.edit
      .split(" ")
      .map(Number)
      .filter(other => other !== number && this.shown(other));
    if (others.length)
      card.append(
        el(
          "p",
          {class: "hint"},
          "At the same place: ",
          others.map(other => button(this.edits[other].rule, () => this.open(other))),
        ),
      );
    node.closest(".line").after(el("div", {class: "change-row", role: "row"}, el("div", {role: "cell"}, card)));
    node.scrollIntoView({block: "start"});
    card.focus({preventScroll: true});
    history.replaceState(null, "", `#doc=${inAddress(this.id)}&change=${number + 1}`);
  }

  step(by, from = this.at) {
    const order = this.order();
    this.open(order[(order.indexOf(from) + by + order.length) % order.length]);
  }

  decideAll(verdict) {
    for (const number of this.order())
      decide(this.id, this.detail.sha256, this.edits[number], verdict, undefined, false);
    showDecided();
  }

  markDecided(node, held) {
    const verdicts = held.map(number => decision(this.id, this.edits[number])?.verdict).filter(Boolean);
    node.classList.toggle("rejected", verdicts.includes("reject"));
    node.classList.toggle("accepted", verdicts.length === held.length && !verdicts.includes("reject"));
  }

  updateDecisions() {
    for (const node of this.view.querySelectorAll("ins[data-edit]"))
      this.markDecided(node, node.dataset.edit.split(" ").map(Number));
    this.view.querySelector(".verdict")?.update();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    const held = this.at >= 0 ? this.at : Number(event.target.dataset?.edit?.split(" ")[0] ?? -1);
    const move = {
      n: () => (held < 0 ? this.open(this.order()[0]) : this.step(1, held)),
      p: () => this.step(-1, held),
      Escape: () => this.close(true),
    }[event.key];
    if (move) {
      event.preventDefault();
      move();
      return;
    }
    if (held < 0) return;
    const edit = this.edits[held],
      verdict = {a: "accept", r: "reject", u: null}[event.key],
      other = edit.alternatives?.[Number(event.key) - 1];
    if (verdict !== undefined) decide(this.id, this.detail.sha256, edit, verdict);
    else if (other) decide(this.id, this.detail.sha256, edit, "pick", other.value);
  }
}

// A document without changes, or one whose details are not in the page.
function unchangedNodes(place, detail) {
  const changes = counts(columns.edits[place]);
  const word = changes === 0 ? "Nothing was changed." : `${plural(changes, "change")}; they stand in edits.jsonl.`;
  let text = el("p", {class: "hint"}, "Its text is left out here; it stands in text/.");
  if (detail?.text === "") text = el("p", {class: "hint"}, "The text is empty.");
  else if (detail?.text !== undefined)
    text = el(
      "div",
      {class: "plain-text", tabindex: "0", role: "region", "aria-label": "Text"},
      visible(detail.text),
    );
  return [el("p", {class: "lead"}, word), detail && findingList(detail), text];
}

let current = null;
async function showDocument(id, change) {
  const place = docNamed(id),
    box = $("doc");
  if (current) listeners.delete(current.update);
  current = null;
  $("doc-title").replaceChildren(name(id));
  if (place === undefined) {
    box.replaceChildren(el("p", {}, "This document is not listed here; see corpus.jsonl and removed.jsonl."));
    return;
  }
  const detail = await detailOf(place),
    head = [verdictFacts(id, place, detail), overrides(id, place, detail)];
  if (!detail?.edits) {
    box.replaceChildren(...head, ...unchangedNodes(place, detail).filter(Boolean));
    return;
  }
  current = new ChangesView(id, place, detail);
  listeners.add(current.update);
  const beyond = counts(columns.edits[place]) - detail.edits.length;
  const rest =
    beyond > 0 && el("p", {class: "hint"}, `${plural(beyond, "more change")} of this document stand in edits.jsonl.`);
  box.replaceChildren(...[...head, ...current.nodes(), rest, findingList(detail)].filter(Boolean));
  if (change !== null && detail.edits[change]) current.open(change);
}
