// What every part uses: the data, elements, numbers, and text shown as text.
const $ = id => document.getElementById(id);
const all = JSON.parse($("data").textContent);
const columns = all.columns,
  listed = columns.id.length;
const SVG = "http://www.w3.org/2000/svg";

const fill = (node, props, kids) => {
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.setAttribute("class", value);
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const kid of kids.flat(3)) if (kid !== null && kid !== undefined && kid !== false) node.append(kid);
  return node;
};
// No caller gives a name that comes from a document: tags, attributes and links are this page's own.
const el = (tag, props = {}, ...kids) => fill(document.createElement(tag), props, kids);
const svg = (tag, props = {}, ...kids) => fill(document.createElementNS(SVG, tag), props, kids);
const button = (text, onclick, props = {}) => el("button", {type: "button", onclick, ...props}, text);

const number = value => value.toLocaleString("en");
// A list of `items` as `item` shows them, so many at a time as `step` says.
const longList = (look, items, step, item) => {
  const list = el("ol", {class: look});
  const more = from => {
    list.append(...items.slice(from, from + step).map((one, n) => item(one, from + n)));
    const rest = items.length - from - step;
    if (rest <= 0) return;
    const goOn = () => {
      line.remove();
      more(from + step);
    };
    const line = el("li", {}, button(`Show ${number(Math.min(step, rest))} more of ${number(rest)}`, goOn));
    list.append(line);
  };
  more(0);
  return list;
};
const percent = value =>
  value >= 0.995 && value < 1
    ? "> 99 %"
    : value > 0 && value < 0.01
      ? `${(value * 100).toFixed(1)} %`
      : `${Math.round(value * 100)} %`;
const plural = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;
const bytes = size =>
  size < 1000 ? `${size} B` : size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
const languageNames = (() => {
  try {
    return new Intl.DisplayNames(["en"], {type: "language"});
  } catch {
    return null;
  }
})();
const languageName = code => {
  if (code === "und") return "no language";
  try {
    return languageNames?.of(code) ?? code;
  } catch {
    return code;
  }
};

// Texts are counted in code points, as the records do. A text without surrogates is its own list of them.
const points = text => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
const cut = (list, start, end) => (typeof list === "string" ? list.slice(start, end) : list.slice(start, end).join(""));
const size = text => points(text).length;

const SIGNS = {
  9: "TAB",
  13: "CR",
  0xa0: "NBSP",
  0xad: "SHY",
  0x200b: "ZWSP",
  0x200c: "ZWNJ",
  0x200d: "ZWJ",
  0x200e: "LRM",
  0x200f: "RLM",
  0x2007: "FIGSP",
  0x2009: "THINSP",
  0x200a: "HAIRSP",
  0x202f: "NNBSP",
  0x2028: "LS",
  0x2029: "PS",
  0x2060: "WJ",
  0x3000: "IDSP",
  0xfeff: "BOM",
};
const hidden = code =>
  SIGNS[code] ??
  ((code < 32 && code !== 10) ||
  (code >= 127 && code < 160) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069) ||
  (code >= 0xd800 && code <= 0xdfff) ||
  (code >= 0xe0000 && code <= 0xe007f)
    ? "U+" + code.toString(16).toUpperCase().padStart(4, "0")
    : null);
const MAY_HIDE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u2060-\u2069\u3000\ufeff\ud800-\udfff]/;
// Puts `text` into `node`, what can't be seen named; `everything`: spaces and line ends as well.
const show = (node, text, everything) => {
  if (!everything && !MAY_HIDE.test(text)) {
    node.append(text);
    return node;
  }
  let plain = "";
  for (const char of text) {
    const code = char.codePointAt(0);
    const sign = everything && code === 32 ? "\u2423" : everything && code === 10 ? "\u21b5" : hidden(code);
    if (!sign) {
      plain += char;
      continue;
    }
    if (plain) node.append(plain);
    plain = "";
    node.append(el("span", {class: "sign"}, sign));
  }
  if (plain) node.append(plain);
  return node;
};
// Part of a text, whose direction is that of its line; and something apart from what stands around it.
const visible = (text, everything = false) => show(el("span", {}), text, everything);
const apart = (text, everything = false) => show(el("bdi", {dir: "auto"}), text, everything);
const value = text => (text === "" ? el("span", {class: "sign"}, "nothing") : apart(text, !text.trim()));
const name = text => apart(text);
// Code points of a short text, since many look alike.
const codes = text => {
  const list = Array.from(text);
  return list.length && list.length <= 4
    ? list.map(char => "U+" + char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")).join(" ")
    : "";
};
// A title is spoken: what can't be seen is named there as well.
const spoken = text =>
  text === ""
    ? "nothing"
    : Array.from(text)
        .map(char => hidden(char.codePointAt(0)) ?? (char === " " ? "space" : char === "\n" ? "line end" : char))
        .join(text.trim() ? "" : " ");

// Details stand in parts of the page, deflated in larger runs; a part is opened when it is asked for.
const parts = new Map();
const part = place => {
  if (!parts.has(place)) parts.set(place, opened($("part-" + place)));
  return parts.get(place);
};
async function opened(node) {
  if (node.type === "application/json") return JSON.parse(node.textContent);
  const packed = Uint8Array.from(atob(node.textContent), char => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
const detailOf = async place => (columns.part[place] < 0 ? null : (await part(columns.part[place]))[place]);

let placeOf = null;
const docNamed = id => (placeOf ??= new Map(columns.id.map((id, place) => [id, place]))).get(id);
const inAddress = id => encodeURIComponent(id.toWellFormed?.() ?? id);
const docLink = (id, more = "") =>
  docNamed(id) === undefined ? name(id) : el("a", {href: `#doc=${inAddress(id)}${more}`}, name(id));
const ruleTag = code => el("span", {class: "code", title: all.rules[code]}, code);
const counts = list => (list ? list.reduce((sum, _, at) => (at % 2 ? sum : sum + list[at + 1]), 0) : 0);
const has = (list, place) => list !== 0 && list.some((held, at) => at % 2 === 0 && held === place);
