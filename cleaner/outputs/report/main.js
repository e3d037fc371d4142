// Pages of this page, by the fragment of its address; and the list of what is least certain.
const PAGES = [
  ["overview", "Overview"],
  ["review", "Worth a look"],
  ["overlaps", "Together"],
  ["documents", "Documents"],
];
const unsureDocuments = field => {
  const found = [];
  for (let p = 0; p < listed; p += 1) if (columns[field][p] < DOUBT) found.push(p);
  return found.sort((a, b) => columns[field][a] - columns[field][b] || a - b);
};
function drawReview() {
  const item = one => {
    const id = columns.id[one.doc],
      box = el("div", {class: "verdict-here"});
    detailOf(one.doc).then(detail => {
      const edit = detail?.edits?.[one.place];
      if (!edit) return;
      const verdict = verdictButtons(id, detail.sha256, edit);
      box.append(verdict);
      listeners.add(verdict.update);
    });
    return el(
      "li",
      {class: "look"},
      el(
        "p",
        {class: "where"},
        docLink(id, `&change=${one.place + 1}`),
        " ",
        ruleTag(one.rule),
        el("span", {class: "sure low"}, percent(one.confidence)),
      ),
      el(
        "p",
        {class: "context"},
        visible(one.left),
        el("del", {}, value(one.before)),
        el("ins", {}, value(one.after)),
        visible(one.right),
      ),
      el("p", {class: "hint"}, one.reason + "."),
      box,
    );
  };
  $("unsure").append(
    all.unsure.length
      ? longList("looks", all.unsure, 20, item)
      : el("p", {}, "No change is less than 95 % sure."),
  );
  for (const [field, state, title] of [
    ["encSure", "encoding", "Doubtful encodings"],
    ["langSure", "language", "Doubtful languages"],
  ]) {
    const found = unsureDocuments(field),
      names = field === "encSure" ? columns.enc : columns.lang;
    if (found.length)
      $("unsure").append(
        el(
          "section",
          {},
          el("h3", {}, title),
          el(
            "ul",
            {class: "plain"},
            found
              .slice(0, 8)
              .map(p =>
                el(
                  "li",
                  {},
                  docLink(columns.id[p]),
                  el("span", {class: "hint"}, ` ${all.names[names[p]]} ${percent(columns[field][p])}`),
                ),
              ),
          ),
          el(
            "p",
            {},
            button(`Show all ${number(found.length)} in the table`, () => documentsWhere("state", state), {
              class: "link",
            }),
          ),
        ),
      );
  }
}
const drawnPages = new Set();
const once = (page, draw) => {
  if (!drawnPages.has(page)) {
    drawnPages.add(page);
    draw();
  }
};
async function route(focus) {
  const [key, held] = location.hash.slice(1).split(/=(.*)/s);
  const fields = new URLSearchParams(location.hash.slice(1));
  const page = {doc: "doc", cluster: "cluster"}[key] ?? (PAGES.some(([id]) => id === key) ? key : "overview");
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== "page-" + page;
  const tab = {doc: "documents", cluster: "overlaps"}[page] ?? page;
  for (const link of document.querySelectorAll("#nav a"))
    if (link.hash === "#" + tab) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  if (page === "review") once("review", drawReview);
  if (page === "overlaps") once("overlaps", drawClusters);
  if (page === "documents") {
    once("documents", filterTable);
    drawRows(true);
  }
  if (page === "cluster") await showCluster(Number(held));
  const change = Number(fields.get("change")) - 1;
  if (focus) {
    scrollTo(0, 0);
    $(page === "doc" ? "doc-title" : page + "-title").focus({preventScroll: true});
  }
  if (page === "doc") await showDocument(fields.get("doc"), change >= 0 ? change : null);
  document.title =
    page === "overview"
      ? "What was cleaned"
      : `${$((page === "doc" ? "doc" : page) + "-title").textContent.slice(0, 80)} \u2013 What was cleaned`;
  document.documentElement.dataset.page = page;
}
const COUNTS = {review: all.unsure.length, overlaps: all.counts.clusters, documents: all.documents};
$("nav").append(
  ...PAGES.map(([id, title]) =>
    el(
      "li",
      {},
      el("a", {href: "#" + id}, title, COUNTS[id] ? el("span", {class: "hint"}, " " + number(COUNTS[id])) : ""),
    ),
  ),
);
const dark = matchMedia("(prefers-color-scheme: dark)"),
  root = document.documentElement;
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
const nameTheme = () => {
  $("theme").textContent = isDark() ? "Light" : "Dark";
  $("theme").setAttribute("aria-label", `Change to ${isDark() ? "light" : "dark"} colours`);
};
$("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
dark.addEventListener("change", nameTheme);
nameTheme();
$("skip").addEventListener("click", event => {
  event.preventDefault();
  $("main").focus();
});
drawOverview();
setUpTable();
addEventListener("hashchange", () => route(true));
route(false);
