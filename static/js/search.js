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
    const typed = last && word.startsWith(last) ? last.length : 0;
    if (asked.folded.includes(word)) return { text: piece, marked: true };
    return { text: piece, marked: Boolean(typed) };
  });
}

async function unpacked(response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  // A server may have unpacked it on the way.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

const SHOWN = 10;
// So much is loaded without being asked, while nothing fits as it was typed; in bytes.
const PATIENCE = 400000;
const DELAY = 120;

function start(root) {
  const form = root.querySelector("form");
  const input = form.elements.q;
  const find = (name) => root.querySelector("[data-search-" + name + "]");
  const [status, list, more, older, elsewhere, reason, chosen] =
    ["status", "results", "more", "older", "elsewhere", "reason", "chosen"].map(find);
  const base = root.dataset.search;
  const parts = Array.from(find("parts").children, (part) => ({ name: part.dataset.name, digest: part.dataset.digest, label: part.textContent }));
  const selects = Array.from(form.querySelectorAll("select"));
  const entries = [];
  let loaded = 0;
  let bytes = 0;
  let failed = false;
  let shown = SHOWN;
  // Grows with each question; who waits for something older gives up.
  let turn = 0;

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
      [["chuyen-muc", "tin", "section"], ["don-vi", "tin", "source"], ["hinh-thuc", "van-ban", "section"], ["co-quan", "van-ban", "source"]].every(
        ([name, of, field]) => !value(name) || (item.type === of && item[field] === value(name))
      )
    );
  }

  // Which parts can hold an answer: with a year chosen, those of the year.
  function wanted() {
    const year = value("nam");
    return parts.filter((part) => !part.entries && (!year || part.name.startsWith(year + "-")));
  }

  async function load(part) {
    const response = await fetch(base + "tra-cuu/" + part.name + ".idx?v=" + part.digest);
    if (!response.ok) throw new Error(response.status + " " + part.name);
    const rows = JSON.parse(await unpacked(response));
    if (part.entries) return;
    part.entries = rows.map(entry);
    bytes += Number(response.headers.get("content-length")) || 0;
    loaded += 1;
    entries.push(...part.entries);
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function day(text) {
    return text.split("-").reverse().map((part) => part.replace(/^0/, "")).join("/");
  }

  function result(item, asked) {
    const made = element("li", "results__item");
    const title = element("h2", "results__title");
    const link = element("a", "results__link");
    link.href = base.slice(0, -"/tim-kiem/".length) + item.url;
    for (const piece of pieces(item.title, asked)) {
      if (piece.marked) {
        const mark = document.createElement("mark");
        mark.textContent = piece.text;
        link.append(mark);
      } else link.append(piece.text);
    }
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
    return made;
  }

  function show(asked, found, searching) {
    list.replaceChildren(...found.slice(0, shown).map((one) => result(one.item, asked)));
    more.hidden = found.length <= shown;
    const left = wanted();
    older.hidden = searching || !left.length;
    elsewhere.hidden = !failed && found.length > 0;
    list.setAttribute("aria-busy", String(searching));
    const missing = parts.findIndex((part) => !part.entries);
    const where = left.length && missing > 0 && isYear(parts[missing - 1]) ? " từ " + parts[missing - 1].label + " đến nay" : "";
    if (searching && !found.length) status.textContent = "Đang tìm…";
    else if (found.length) status.textContent = "Tìm thấy " + found.length + " kết quả" + where + ".";
    else status.textContent = "Không tìm thấy kết quả nào" + where + ".";
    reason.textContent = failed
      ? "Không tải được mục lục tìm kiếm. Vẫn xem được:"
      : "Thử ít từ hơn, bỏ dấu, hoặc chỉ gõ số của văn bản. Cũng có thể xem:";
  }

  function remember() {
    const query = new URLSearchParams();
    for (const [name, text] of new FormData(form)) if (text) query.set(name, text);
    const text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
  }

  async function search(patience) {
    turn += 1;
    const mine = turn;
    const text = input.value.trim();
    const filters = selects.filter((select) => select.value).length;
    chosen.textContent = filters ? "(đang dùng " + filters + ")" : "";
    remember();
    if (!text) {
      list.replaceChildren();
      list.setAttribute("aria-busy", "false");
      status.textContent = "";
      more.hidden = older.hidden = true;
      elsewhere.hidden = false;
      reason.textContent = "Cũng có thể xem:";
      return;
    }
    const asked = question(text);
    const byDay = value("xep") === "moi";
    const until = bytes + patience;
    let found = ranked(entries, asked, fits, byDay);
    failed = false;
    try {
      // Standing pages and the newest part always; older ones while nothing fits as it was typed.
      for (const part of wanted()) {
        if (parts.slice(0, parts.indexOf(part)).some(isYear) && ((found.length >= 3 && Math.min(...found.map((one) => one.how)) < SCATTERED) || bytes > until)) break;
        show(asked, found, true);
        await load(part);
        if (mine !== turn) return;
        found = ranked(entries, asked, fits, byDay);
      }
    } catch (error) {
      if (mine !== turn) return;
      failed = true;
    }
    show(asked, found, false);
  }

  let timer = 0;
  function soon() {
    clearTimeout(timer);
    list.setAttribute("aria-busy", "true");
    shown = SHOWN;
    timer = setTimeout(() => search(PATIENCE), DELAY);
  }

  input.addEventListener("input", soon);
  for (const select of selects) select.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    shown = SHOWN;
    search(PATIENCE);
  });
  more.querySelector("button").addEventListener("click", () => {
    const next = shown;
    shown += SHOWN;
    const asked = question(input.value);
    show(asked, ranked(entries, asked, fits, value("xep") === "moi"), false);
    // The button may be gone: the reader goes on at the first of the new results.
    list.children[next].querySelector("a").focus();
  });
  older.querySelector("button").addEventListener("click", async () => {
    const asked = question(input.value);
    const byDay = value("xep") === "moi";
    let found = ranked(entries, asked, fits, byDay);
    const before = new Set(found.map((one) => one.item));
    turn += 1;
    const mine = turn;
    show(asked, found, true);
    failed = false;
    try {
      // A year in which there is nothing is no answer.
      for (const part of wanted()) {
        await load(part);
        if (mine !== turn) return;
        found = ranked(entries, asked, fits, byDay);
        if (found.length > before.size) break;
        show(asked, found, true);
      }
    } catch (error) {
      failed = true;
    }
    if (mine !== turn) return;
    const first = found.findIndex((one) => !before.has(one.item));
    shown = Math.max(shown, first + 1);
    show(asked, found, false);
    // The button may be gone: the reader goes on at the first of the new results.
    (first < 0 ? input : list.children[first].querySelector("a")).focus();
  });

  function take() {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", ...selects.map((select) => select.name)]) {
      if (form.elements[name]) form.elements[name].value = query.get(name) || "";
    }
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    if (selects.some((select) => select.value)) root.querySelector("details").open = true;
    search(PATIENCE);
  }

  window.addEventListener("popstate", take);
  // Loaded while the reader is about to type.
  input.addEventListener("focus", () => { if (!loaded && parts.length) load(parts[0]).catch(() => {}); }, { once: true });
  take();
}

const root = document.querySelector("[data-search]");
if (root) start(root);
