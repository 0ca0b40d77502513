// The search page: what people type and choose becomes a question, what has been found a list.

import { Answer, Archive, SHOWN, isYear } from "./finder.js";
import { Texts } from "./texts.js";
import { pieces } from "./words.js";

// After the last keystroke, in milliseconds.
const DELAY = 80;
// By name in the form: of which entries, and which of what is known of them.
const FILTERS = [["chuyen-muc", "tin", "section"], ["don-vi", "tin", "source"], ["hinh-thuc", "van-ban", "section"], ["co-quan", "van-ban", "source"]];
const LABELS = { trang: "Trang thông tin", unwritten: "Chưa đăng toàn văn, có tin nhắc đến" };

function start(root) {
  const form = root.querySelector("form");
  const input = form.elements.q;
  const find = (name) => root.querySelector("[data-search-" + name + "]");
  const [status, list, more, older, elsewhere, reason, chosen, reset, asked] =
    ["status", "results", "more", "older", "elsewhere", "reason", "chosen", "reset", "asked"].map(find);
  const address = document.querySelector("[data-printed-address]");
  const front = address ? address.textContent : "";
  const base = root.dataset.search;
  const parts = Array.from(find("parts").children, (part) => ({ name: part.dataset.name, digest: part.dataset.digest, since: part.textContent }));
  const archive = new Archive(base, Number(root.dataset.searchLeads), parts, root.dataset.searchTexts ? new Texts(root.dataset.searchTexts) : null);
  const pageTitle = document.title;
  const selects = Array.from(form.querySelectorAll("select"));
  // What is asked now, and the list items that show what has been found.
  let answer = null;
  let items = new Map();

  function value(name) {
    return form.elements[name] ? form.elements[name].value : "";
  }

  function hasFilters() {
    return selects.some((select) => select.value && select.name !== "xep");
  }

  function wanted() {
    const [type, year] = [value("loai"), value("nam")];
    const narrowed = FILTERS.filter(([name]) => value(name)).map(([name, of, field]) => [of, field, value(name)]);
    const fits = (item) =>
      (!type || item.type === type) &&
      (!year || item.day.startsWith(year)) &&
      narrowed.every(([of, field, text]) => item.type === of && item[field] === text);
    const names = ["loai", ...FILTERS.map(([name]) => name)].filter(value);
    return { fits, year, byDay: value("xep") === "moi", filters: Object.fromEntries(names.map((name) => [name, value(name)])) };
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function written(into, all) {
    into.append(...all.map((piece) => (piece.marked ? element("mark", "", piece.text) : piece.text)));
    return into;
  }

  function day(text) {
    return text.split("-").reverse().join("/");
  }

  function result(item, excerpt) {
    const made = element("li", "results__item");
    const title = element("h2", "results__title");
    const link = element("a", "results__link");
    link.href = base.slice(0, -"/tim-kiem/".length) + item.url;
    title.append(written(link, pieces(item.title, answer.asked)));
    const facts = element("p", "results__facts");
    if (item.day) {
      const time = element("time", "", day(item.day));
      time.dateTime = item.day;
      facts.append(time);
    }
    for (const fact of [item.section, item.source, item.isUnwritten ? LABELS.unwritten : LABELS[item.type]]) {
      if (fact) facts.append(element("span", "", fact));
    }
    if (item.mark) facts.append(element("strong", "validity-mark", item.mark));
    made.append(title, facts);
    if (excerpt) made.append(written(element("p", "results__excerpt"), excerpt));
    return made;
  }

  // Items stay where they are as far as they can: the reader may be on one of them.
  function fill(all) {
    const kept = new Map();
    all.forEach(({ item }, at) => {
      const excerpt = answer.excerpts.get(item.url);
      const known = items.get(item.url);
      const made = known && known.excerpt === excerpt ? known.made : result(item, excerpt);
      if (known && known.made !== made && known.made.contains(document.activeElement)) {
        known.made.replaceWith(made);
        made.querySelector("a").focus({ preventScroll: true });
      }
      kept.set(item.url, { made, excerpt });
      if (list.children[at] !== made) list.insertBefore(made, list.children[at] || null);
    });
    while (list.children.length > all.length) list.lastChild.remove();
    items = kept;
  }

  function found() {
    const count = (all, of) => (all.length ? [all.length + " " + of] : []);
    const phrases = answer.texts.filter((hit) => hit.isPhrase);
    return [
      ...count(answer.titles, answer.asked.folded.length ? "kết quả theo tiêu đề, số văn bản" : "mục"),
      ...count(phrases, "bài có " + (answer.asked.folded.length > 1 ? "cụm từ" : "từ") + " này trong nội dung"),
      ...count(answer.texts.filter((hit) => !hit.isPhrase), "bài có các từ này, không liền nhau, trong nội dung"),
    ].join("; ");
  }

  function summary() {
    const all = answer.parts();
    const known = all.filter((part) => (answer.read.size ? answer.read.has(part) : archive.has(part)));
    const last = known[known.length - 1];
    const isPart = last && isYear(last) && known.length < all.length;
    const where = isPart ? " (đã tìm " + (answer.read.size ? "trong nội dung " : "") + "từ " + last.since + " đến nay)" : "";
    const failed = answer.hasFailed || answer.haveTextsFailed ? " Một phần mục lục tìm kiếm không tải được; hãy thử lại." : "";
    return (found() ? "Tìm thấy " + found() : "Không tìm thấy kết quả nào") + where + "." + failed;
  }

  function show(isSearching) {
    const all = answer.results();
    fill(all.slice(0, answer.shown));
    list.setAttribute("aria-busy", String(isSearching));
    more.hidden = isSearching || (all.length <= answer.shown && !answer.hasMore);
    // Who has pressed the button keeps it until there is an answer.
    if (!isSearching) older.hidden = !(answer.unknown().length || answer.unread().length || answer.haveTextsFailed);
    older.querySelector("button").textContent =
      answer.hasFailed || answer.haveTextsFailed ? "Thử lại" : answer.isUnreadInPart() ? (answer.read.size ? "Tìm tiếp trong nội dung bài cũ hơn" : "Tìm trong nội dung bài") : "Tìm trong các tin cũ hơn";
    elsewhere.hidden = !answer.hasFailed && all.length > 0;
    // Said once, when the answer is whole: a screen reader reads each change aloud.
    status.textContent = !isSearching ? summary() : all.length ? "" : "Đang tìm…";
    reason.textContent = answer.hasFailed
      ? "Không tải được mục lục tìm kiếm. Vẫn xem được:"
      : (hasFilters() ? "Thử bỏ bộ lọc, ít từ hơn" : "Thử ít từ hơn") + ", hoặc chỉ gõ số của văn bản. Cũng có thể xem:";
    return all;
  }

  // On paper nobody sees the form, and nobody types an address in percents: browsers write these themselves.
  function readable(data) {
    const given = Array.from(data).filter(([, text]) => text);
    return given.map(([name, text]) => name + "=" + text.trim().replace(/[%&#+]/g, encodeURIComponent).replace(/\s+/g, "+")).join("&");
  }

  function prepare(query) {
    const words = input.value.trim();
    const narrowed = selects.filter((select) => select.value).map((select) => "; " + select.labels[0].textContent + ": " + select.selectedOptions[0].text);
    asked.textContent = "Kết quả tìm kiếm" + (words ? " cho “" + words + "”" : "") + narrowed.join("");
    if (address) address.textContent = front + query;
  }

  function remember() {
    const query = new URLSearchParams();
    for (const [name, text] of new FormData(form)) if (text) query.set(name, text);
    const text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
    prepare(text ? "?" + readable(new FormData(form)) : "");
    document.title = (input.value.trim() ? input.value.trim() + " – " : "") + pageTitle;
  }

  function clear() {
    answer = null;
    items = new Map();
    list.replaceChildren();
    list.setAttribute("aria-busy", "false");
    status.textContent = "";
    more.hidden = older.hidden = true;
    elsewhere.hidden = false;
    reason.textContent = "Cũng có thể xem:";
  }

  async function search() {
    const filters = selects.filter((select) => select.value).length;
    const text = input.value.trim();
    root.toggleAttribute("data-asked", Boolean(text || hasFilters()));
    reset.hidden = !filters;
    chosen.textContent = filters ? "(đang dùng " + filters + ")" : "";
    remember();
    if (answer) answer.isOver = true;
    if (!text && !hasFilters()) return clear();
    const mine = new Answer(archive, text, wanted(), () => show(true));
    answer = mine;
    // Words are marked anew.
    items = new Map();
    older.hidden = true;
    show(true);
    await mine.find();
    if (!mine.isOver) show(false);
  }

  let timer = 0;
  function soon() {
    clearTimeout(timer);
    if (answer) answer.isOver = true;
    list.setAttribute("aria-busy", "true");
    timer = setTimeout(search, DELAY);
  }

  input.addEventListener("input", soon);
  for (const select of selects) select.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    // On a phone the keyboard would lie over the results.
    if (matchMedia("(pointer: coarse)").matches) input.blur();
    search();
  });
  reset.addEventListener("click", () => {
    for (const select of selects) select.value = "";
    selects[0].focus();
    search();
  });

  // The reader goes on at the first of the new results, unless he has gone elsewhere meanwhile.
  function goOn(button, from) {
    if (document.activeElement !== button && document.activeElement !== document.body) return;
    const item = list.children[from];
    (item ? item.querySelector("a") : input).focus();
  }

  more.querySelector("button").addEventListener("click", async (event) => {
    const mine = answer;
    const from = mine.shown;
    mine.shown += SHOWN;
    await mine.describe().catch(() => {});
    await mine.introduce();
    if (mine.isOver) return;
    show(false);
    if (more.hidden) goOn(event.target, from);
    else list.children[from].querySelector("a").focus();
  });

  older.querySelector("button").addEventListener("click", async (event) => {
    const mine = answer;
    const before = new Set(mine.results().map((one) => one.item.url));
    show(true);
    await mine.findMore();
    if (mine.isOver) return;
    const first = mine.results().findIndex((one) => !before.has(one.item.url));
    mine.shown = Math.max(mine.shown, first + 1);
    show(false);
    if (first >= 0 || older.hidden) goOn(event.target, first < 0 ? Infinity : first);
  });

  function take() {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", ...selects.map((select) => select.name)]) {
      if (form.elements[name]) form.elements[name].value = query.get(name) || "";
    }
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    search();
  }

  window.addEventListener("popstate", take);
  // Loaded while the reader is about to type.
  input.addEventListener("focus", () => { if (parts.length) archive.load(parts.find(isYear) || parts[0]).catch(() => {}); }, { once: true });
  take();
}

const root = document.querySelector("[data-search]");
if (root) start(root);
