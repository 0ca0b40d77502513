// The search page: titles and numbers from look-up files, a part of the archive at a time, the newest first.
// The functions that are exported take and give values only; the page below is the one place that is changed.

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

// As loa/text.py folds: lower case, no marks, plain d. What people type without diacritics.
export function fold(text) {
  return text.replace(/[đĐ]/g, "d").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
}

// A syllable with its tone behind it, wherever it was typed: "hòa" and "hoà" are one word.
function toned(word) {
  const letters = word.normalize("NFD");
  return letters.replace(TONES, "") + (letters.match(TONES) || []).join("");
}

export function words(text) {
  return text.normalize("NFC").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// Of a number of a document what people do not leave out: 07/CT-UBND, "7 ct ubnd" and "7CTUBND" are one.
export function compact(text) {
  return fold(text).replace(/[^a-z0-9]/g, "").replace(/^0+(?=\d)/, "");
}

export function question(text) {
  const all = words(text);
  const number = all.slice(all.findIndex((word) => /^\d/.test(word)));
  const hasNumber = all.some((word) => /^\d/.test(word));
  return {
    toned: all.map(toned),
    folded: all.map(fold),
    number: hasNumber ? compact(number.join("")) : "",
    // "Công văn số 5056": what stands before the number must fit too, but for the word "số".
    before: hasNumber ? all.slice(0, all.length - number.length).map(fold).filter((word) => word !== "so") : [],
  };
}

// A row of a look-up file, prepared: what is compared is made once.
export function entry(row) {
  const [type, url, title, number, day, section, source] = row;
  const all = words(title);
  return { type, url, title, day, section, source, number: compact(number), toned: all.map(toned), folded: all.map(fold) };
}

// Where the words of a phrase stand one after the other; the last may be typed in part.
function phraseAt(all, phrase) {
  const last = phrase.length - 1;
  for (let start = 0; start + last < all.length; start += 1) {
    let at = 0;
    while (at < last && all[start + at] === phrase[at]) at += 1;
    if (at === last && all[start + last].startsWith(phrase[last])) return start;
  }
  return -1;
}

function hasAll(all, wanted) {
  const last = wanted.length - 1;
  return wanted.every((word, at) => all.includes(word) || (at === last && all.some((other) => other.startsWith(word))));
}

// How well a title or number answers: 0 best, NONE not at all. A number stands before titles, a whole title before
// a phrase in one, a phrase before scattered syllables, words as typed before words without their marks.
export const NONE = 99;
// The number, or the title, and nothing else.
const WHOLE = [0, 3, 4];
// From here on nothing is as it was typed: older parts may know better.
export const SCATTERED = 7;

export function level(found, asked) {
  if (asked.number && found.number && hasAll(found.folded, asked.before)) {
    if (found.number === asked.number) return 0;
    if (found.number.startsWith(asked.number)) return /^\d/.test(found.number.slice(asked.number.length)) ? 2 : 1;
  }
  if (!asked.folded.length) return NONE;
  for (const [key, better] of [["toned", 0], ["folded", 1]]) {
    const at = phraseAt(found[key], asked[key]);
    if (at === 0 && found[key].length === asked[key].length) return 3 + better;
    if (at >= 0) return 5 + better;
  }
  if (hasAll(found.toned, asked.toned)) return SCATTERED;
  return hasAll(found.folded, asked.folded) ? SCATTERED + 1 : NONE;
}

// The entries that answer, the best first; among equals the newest, and as they come.
export function ranked(entries, asked, fits, byDay) {
  const found = [];
  for (const item of entries) {
    const how = fits(item) ? level(item, asked) : NONE;
    if (how !== NONE) found.push({ item, how });
  }
  const newest = (a, b) => (a.item.day < b.item.day ? 1 : a.item.day > b.item.day ? -1 : 0);
  return found.sort((a, b) => (byDay ? 0 : a.how - b.how) || newest(a, b));
}

// The pieces of a text, and whether each is one of the words that were asked for.
export function pieces(text, asked) {
  const last = asked.folded[asked.folded.length - 1];
  return text.split(/([\p{L}\p{N}\p{M}]+)/u).filter(Boolean).map((piece) => {
    const word = fold(piece);
    return { text: piece, marked: asked.folded.includes(word) || Boolean(last && word.startsWith(last)) };
  });
}

async function unpacked(response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  // A server may have unpacked it on the way.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// đ as the index has it: its stroke beside the d, a mark like others (see loa/fulltext.py).
export function stroked(text) {
  return text.normalize("NFC").replace(/đ/g, "d\u0335").replace(/Đ/g, "D\u0335");
}

// An excerpt of the index, which marks words by elements, in pieces.
export function excerpted(html) {
  const text = html.replace(/d\u0335/g, "đ").replace(/D\u0335/g, "Đ").replace(/\u200b/g, "");
  return text.split(/<\/?mark>/).map((piece, at) => ({
    text: piece.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"),
    marked: at % 2 === 1,
  })).filter((piece) => piece.text);
}

const SHOWN = 10;
// So much is loaded without being asked while too little fits; in bytes.
const PATIENCE = { titles: 400000, texts: 2000000 };
// Of texts that have the words in no order, so many of each part.
const SCATTERED_SHOWN = 10;
// So many phrases found in texts are enough.
const ENOUGH = 3;
// After the last keystroke, in milliseconds.
const DELAY = 80;
const FILTERS = [["chuyen-muc", "tin", "section"], ["don-vi", "tin", "source"], ["hinh-thuc", "van-ban", "section"], ["co-quan", "van-ban", "source"]];

// All bundles of the index share one WebAssembly, which Pagefind looks for in each.
function shareWebAssembly(folder) {
  const original = window.fetch;
  const own = new RegExp("^(" + folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + ")[^/]+/(wasm\\.[^/]+)$");
  let shared = null;
  window.fetch = (input, options) => {
    if (typeof input !== "string" || !own.test(input)) return original(input, options);
    shared = shared || original(input.replace(own, "$1$2"), options);
    return shared.then((response) => response.clone());
  };
}

function start(root) {
  const form = root.querySelector("form");
  const input = form.elements.q;
  const find = (name) => root.querySelector("[data-search-" + name + "]");
  const [status, list, more, older, elsewhere, reason, chosen] =
    ["status", "results", "more", "older", "elsewhere", "reason", "chosen"].map(find);
  const base = root.dataset.search;
  const texts = root.dataset.searchTexts;
  const parts = Array.from(find("parts").children, (part) => ({ name: part.dataset.name, digest: part.dataset.digest, label: part.textContent }));
  const selects = Array.from(form.querySelectorAll("select"));
  const entries = [];
  const byUrl = new Map();
  let engine = null;
  let shown = SHOWN;
  // What is asked now: who waits for the answer to something older gives up.
  let now = null;

  if (texts) shareWebAssembly(texts);

  function isYear(part) {
    return /^\d/.test(part.name);
  }

  function value(name) {
    return form.elements[name] ? form.elements[name].value : "";
  }

  function fits(item) {
    const [type, year] = [value("loai"), value("nam")];
    return (
      (!type || item.type === type) &&
      (!year || item.day.startsWith(year)) &&
      FILTERS.every(([name, of, field]) => !value(name) || (item.type === of && item[field] === value(name)))
    );
  }

  // The parts that can hold an answer: with a year chosen, those of the year.
  function wanted(done) {
    const year = value("nam");
    return parts.filter((part) => !done(part) && (!year || part.name.startsWith(year + "-")));
  }

  const unknown = () => wanted((part) => part.entries);
  const unread = () => (texts && !now.mute ? wanted((part) => now.read.has(part)) : []);

  function loadedBytes() {
    const all = performance.getEntriesByType("resource").filter((one) => new URL(one.name).pathname.startsWith(base));
    return all.reduce((sum, one) => sum + one.transferSize, 0);
  }

  async function load(part) {
    if (part.entries) return;
    const response = await fetch(base + "tra-cuu/" + part.name + ".idx?v=" + part.digest);
    if (!response.ok) throw new Error(response.status + " " + part.name);
    const rows = JSON.parse(await unpacked(response));
    if (part.entries) return;
    part.entries = rows.map(entry);
    for (const item of part.entries) byUrl.set(item.url, item);
    entries.push(...part.entries);
  }

  // --- titles and numbers ------------------------------------------------------------

  function rank() {
    now.titles = ranked(entries, now.asked, fits, now.byDay);
  }

  const strong = () => now.titles.filter((one) => one.how < SCATTERED);

  function isAnswered() {
    return now.titles.length >= 3 && strong().length > 0;
  }

  // A page of titles, or the very number or title: who wants more can say so, and pays for it then.
  function isPlenty() {
    return strong().length >= SHOWN || now.titles.some((one) => WHOLE.includes(one.how));
  }

  // A phrase in a text says more than syllables that are scattered over a title.
  function inOrder() {
    if (now.byDay) {
      return [...now.titles, ...now.found].sort((a, b) => (a.item.day < b.item.day ? 1 : a.item.day > b.item.day ? -1 : 0));
    }
    const phrases = now.found.filter((hit) => hit.isPhrase);
    const weak = now.titles.filter((one) => one.how >= SCATTERED);
    return [...strong(), ...phrases, ...weak, ...now.found.filter((hit) => !hit.isPhrase)];
  }

  // Standing pages and the newest part always; older ones while nothing fits as it was typed.
  async function lookUp(mine) {
    const until = loadedBytes() + PATIENCE.titles;
    for (const part of unknown()) {
      if (parts.slice(0, parts.indexOf(part)).some(isYear) && (isAnswered() || loadedBytes() > until)) break;
      await load(part);
      if (mine !== now) return;
      rank();
      show(true);
    }
  }

  // --- texts -------------------------------------------------------------------------

  async function instance(part) {
    if (!part.index) {
      engine = engine || import(texts + "pagefind.js");
      const options = { basePath: texts + part.name + "/", noWorker: true, metaCacheTag: part.digest, excerptLength: 30 };
      part.index = engine.then((module) => module.createInstance(options)).then(async (made) => {
        await made.init();
        return made;
      });
      part.index.catch(() => { part.index = engine = null; });
    }
    return part.index;
  }

  // Phrases before scattered words, as far as there are any.
  async function ask(part) {
    const index = await instance(part);
    const filters = { ...(value("loai") && { loai: value("loai") }) };
    for (const [name] of FILTERS) if (value(name)) filters[name] = value(name);
    const options = { filters, ...(now.byDay && { sort: { ngay: "desc" } }) };
    const term = stroked(now.text.replace(/"/g, " "));
    const asked = now.asked;
    const phrase = asked.folded.length > 1 ? (await index.search('"' + term + '"', options)).results : [];
    if (phrase.length) return phrase.map((result) => ({ result, part, isPhrase: true }));
    const found = (await index.search(term, options)).results.map((result) => ({ result, part, isPhrase: asked.folded.length === 1 }));
    // For a word that it does not know Pagefind takes the beginning of it, or nothing; so the first are looked at.
    const few = found.slice(0, asked.folded.length === 1 ? 1 : SCATTERED_SHOWN);
    const sound = await Promise.all(few.map(async (hit) => hasAll(words((await read(hit)).content).map(fold), asked.folded)));
    if (asked.folded.length === 1) return sound[0] ? found : [];
    return few.filter((_, at) => sound[at]);
  }

  // What the index says of a result: where it is, and what it says around the words.
  async function read(hit) {
    const data = await hit.result.data();
    const unknown = { url: data.raw_url, title: data.meta.title, day: "", type: "", section: "", source: "" };
    hit.item = byUrl.get(data.raw_url) || unknown;
    hit.excerpt = excerpted(data.excerpt);
    return { content: data.content.replace(/\u0335/g, "") };
  }

  async function readTexts(mine, isEnough) {
    const until = loadedBytes() + PATIENCE.texts;
    for (const part of unread()) {
      if (isEnough() || loadedBytes() > until) break;
      await load(part);
      const found = await ask(part);
      if (mine !== now) return;
      now.read.add(part);
      now.texts.push(...found);
      if (!now.byDay) now.texts.sort((a, b) => b.isPhrase - a.isPhrase);
      rank();
      await describe(mine);
      if (mine !== now) return;
      show(true);
    }
  }

  // The first answers with what they say; what has been found by its title is not found twice.
  async function describe(mine) {
    const titles = new Map(now.titles.map((one) => [one.item.url, one]));
    now.found = [];
    for (const hit of now.texts) {
      const before = hit.isPhrase ? strong().length : now.titles.length;
      if (before + now.found.length >= shown) break;
      if (!hit.item) await read(hit);
      if (mine !== now) return;
      const title = titles.get(hit.item.url);
      if (title) title.excerpt = hit.excerpt;
      else now.found.push(hit);
    }
  }

  // --- the page ----------------------------------------------------------------------

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function write(into, all) {
    for (const piece of all) {
      if (piece.marked) into.append(element("mark", "", piece.text));
      else into.append(piece.text);
    }
  }

  function day(text) {
    return text.split("-").reverse().map((part) => part.replace(/^0/, "")).join("/");
  }

  function result({ item, excerpt }) {
    const made = element("li", "results__item");
    const title = element("h2", "results__title");
    const link = element("a", "results__link");
    link.href = base.slice(0, -"/tim-kiem/".length) + item.url;
    write(link, pieces(item.title, now.asked));
    title.append(link);
    const facts = element("p", "results__facts");
    if (item.day) {
      const time = element("time", "results__fact", day(item.day));
      time.dateTime = item.day;
      facts.append(time);
    }
    for (const fact of [item.section, item.source]) if (fact) facts.append(element("span", "results__fact", fact));
    if (item.type === "trang") facts.append(element("span", "results__fact", "Trang giới thiệu"));
    made.append(title, facts);
    if (excerpt) {
      const words = element("p", "results__excerpt");
      write(words, [{ text: "… " }, ...excerpt, { text: " …" }]);
      made.append(words);
    }
    return made;
  }

  function summary(searching) {
    const isKnown = (part) => part.entries && (!now.read.size || now.read.has(part));
    const missing = parts.findIndex((part) => !isKnown(part));
    const isRest = !searching && older.hidden === false;
    const where = isRest && missing > 0 && isYear(parts[missing - 1]) ? ", từ " + parts[missing - 1].label + " đến nay" : "";
    const byText = now.texts.length ? now.texts.length + " bài có từ cần tìm trong nội dung" : "";
    const byTitle = now.titles.length ? now.titles.length + " kết quả theo tiêu đề, số văn bản" : "";
    const found = [byTitle, byText].filter(Boolean).join("; ");
    if (found) return "Tìm thấy " + found + where + (searching ? ". Đang tìm thêm…" : ".");
    return searching ? "Đang tìm…" : "Không tìm thấy kết quả nào" + where + ".";
  }

  function show(searching) {
    const all = inOrder();
    list.replaceChildren(...all.slice(0, shown).map(result));
    list.setAttribute("aria-busy", String(searching));
    more.hidden = searching || (all.length <= shown && now.found.length >= now.texts.length - now.titles.length);
    older.hidden = searching || !(unknown().length || unread().length);
    older.querySelector("button").textContent = unread().some((part) => part.entries) ? "Tìm trong nội dung bài" : "Tìm ở các năm trước";
    elsewhere.hidden = !now.failed && all.length > 0;
    // Said once, when the answer is whole: a screen reader reads each change aloud.
    if (!searching || !all.length) status.textContent = summary(searching);
    reason.textContent = now.failed
      ? "Không tải được mục lục tìm kiếm. Vẫn xem được:"
      : "Thử ít từ hơn, bỏ dấu, hoặc chỉ gõ số của văn bản. Cũng có thể xem:";
    return all;
  }

  function remember() {
    const query = new URLSearchParams();
    for (const [name, text] of new FormData(form)) if (text) query.set(name, text);
    const text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
  }

  function clear() {
    now = null;
    list.replaceChildren();
    list.setAttribute("aria-busy", "false");
    status.textContent = "";
    more.hidden = older.hidden = true;
    elsewhere.hidden = false;
    reason.textContent = "Cũng có thể xem:";
  }

  // Titles first; then texts, which may be out of reach without anything being wrong.
  async function answer(mine, lookFor, isEnough) {
    try {
      await lookFor(mine);
    } catch (error) {
      if (mine === now) now.failed = true;
    }
    if (mine !== now) return;
    try {
      if (!now.failed && !(lookFor === lookUp && isPlenty())) await readTexts(mine, isEnough);
    } catch (error) {
      if (mine === now) now.mute = true;
    }
    if (mine === now) show(false);
  }

  async function search() {
    const filters = selects.filter((select) => select.value).length;
    chosen.textContent = filters ? "(đang dùng " + filters + ")" : "";
    remember();
    const text = input.value.trim();
    if (!text) return clear();
    const mine = { text, asked: question(text), byDay: value("xep") === "moi", titles: [], texts: [], found: [], read: new Set(), failed: false, mute: false };
    now = mine;
    rank();
    show(true);
    return answer(mine, lookUp, () => now.texts.filter((hit) => hit.isPhrase).length >= ENOUGH);
  }

  let timer = 0;
  function soon() {
    clearTimeout(timer);
    list.setAttribute("aria-busy", "true");
    shown = SHOWN;
    timer = setTimeout(search, DELAY);
  }

  input.addEventListener("input", soon);
  for (const select of selects) select.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    shown = SHOWN;
    search();
  });

  more.querySelector("button").addEventListener("click", async () => {
    const mine = now;
    const next = shown;
    shown += SHOWN;
    await describe(mine).catch(() => {});
    if (mine !== now) return;
    show(false);
    // The button may be gone: the reader goes on at the first of the new results.
    const focused = list.children[next];
    (focused ? focused.querySelector("a") : input).focus();
  });

  older.querySelector("button").addEventListener("click", async () => {
    const mine = now;
    const before = new Set([...now.titles, ...now.found].map((one) => one.item.url));
    const count = now.titles.length + now.texts.length;
    const isNew = () => now.titles.length + now.texts.length > count;
    show(true);
    // A year in which there is nothing is no answer.
    await answer(mine, async () => {
      for (const part of unknown()) {
        await load(part);
        if (mine !== now) return;
        rank();
        if (isNew()) break;
      }
    }, isNew);
    if (mine !== now) return;
    const first = show(false).findIndex((one) => !before.has(one.item.url));
    shown = Math.max(shown, first + 1);
    show(false);
    (first < 0 ? input : list.children[first].querySelector("a")).focus();
  });

  function take() {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", ...selects.map((select) => select.name)]) {
      if (form.elements[name]) form.elements[name].value = query.get(name) || "";
    }
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    if (selects.some((select) => select.value)) root.querySelector("details").open = true;
    search();
  }

  window.addEventListener("popstate", take);
  // Loaded while the reader is about to type.
  input.addEventListener("focus", () => { if (parts.length) load(parts[parts.findIndex(isYear)] || parts[0]).catch(() => {}); }, { once: true });
  take();
}

const root = document.querySelector("[data-search]");
if (root) start(root);
