// What is looked in, and what is found: titles and numbers from look-up files, a part of the archive at a time, the
// newest first; then texts, where titles do not answer.

import { SCATTERED, entries, isNumbered, isTyped, pieces, question, ranked } from "./words.js";

// So many results are shown at a time.
export const SHOWN = 10;
// So many phrases found in texts are enough.
const ENOUGH = 3;
// So much is loaded whatever has been found (with what comes behind it a first question costs less than 100 kB), and
// so much while nothing fits as it was typed; in bytes.
const FREE = 78000;
const PATIENCE = { titles: 500000, texts: 2000000, citations: 300000 };

export function isYear(part) {
  return /^\d/.test(part.name);
}

const newestFirst = (a, b) => (a.item.day < b.item.day ? 1 : a.item.day > b.item.day ? -1 : 0);

async function unpacked(response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  // A server may have unpacked it on the way.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// The parts of the archive, and the entries of those that have been loaded.
export class Archive {
  constructor(base, leads, parts, texts) {
    this.base = base;
    // How many of them are in a file.
    this.leads = leads;
    this.parts = parts;
    this.texts = texts;
    this.entries = [];
    this.byUrl = new Map();
    this.loading = new Map();
    this.leadsLoading = new Map();
    // Of what is loaded the browser remembers 250 files unless it is told.
    performance.setResourceTimingBufferSize(5000);
  }

  has(part) {
    return this.loading.get(part) === true;
  }

  async load(part) {
    if (this.has(part)) return;
    if (!this.loading.has(part)) this.loading.set(part, this.fetch(part));
    try {
      await this.loading.get(part);
      this.loading.set(part, true);
    } catch (error) {
      this.loading.delete(part);
      throw error;
    }
  }

  async fetch(part) {
    const response = await fetch(this.base + "tra-cuu/" + part.name + ".idx?v=" + part.digest);
    if (!response.ok) throw new Error(response.status + " " + part.name);
    const items = entries(JSON.parse(await unpacked(response)));
    // The newest come first, and those that have no text last.
    const count = items.filter((item) => item.hasText).length;
    items.forEach((item, at) => {
      item.place = { part, at: item.hasText ? count - 1 - at : -1 };
      this.entries.push(item);
      this.byUrl.set(item.url, item);
    });
  }

  // How an entry begins, empty if nobody has said.
  async lead({ place: { part, at } }) {
    const address = this.base + "tra-cuu/" + part.name + "/" + Math.floor(at / this.leads) + ".idx?v=" + part.digest;
    if (!this.leadsLoading.has(address)) {
      this.leadsLoading.set(address, fetch(address).then((response) => (response.ok ? unpacked(response) : "[]")).then(JSON.parse));
    }
    const leads = await this.leadsLoading.get(address).catch(() => { this.leadsLoading.delete(address); return []; });
    return leads[at % this.leads] || "";
  }

  bytes() {
    const all = performance.getEntriesByType("resource").filter((one) => new URL(one.name).pathname.startsWith(this.base));
    return all.reduce((sum, one) => sum + one.transferSize, 0);
  }
}

// A question and what has been found so far. ``wanted`` says ``fits`` of an entry, ``filters`` for the texts, ``year``
// and ``byDay``; ``changed`` is called when there is more to show. Who asks anew sets ``isOver``.
export class Answer {
  constructor(archive, text, wanted, changed) {
    Object.assign(this, { archive, text, changed, ...wanted });
    this.asked = question(text);
    this.titles = [];
    this.texts = [];
    // Of ``texts`` those that are shown; and whether there are more.
    this.found = [];
    this.hasMore = false;
    this.excerpts = new Map();
    this.read = new Set();
    this.shown = SHOWN;
    this.isOver = false;
    this.hasFailed = false;
    this.haveTextsFailed = false;
    this.rank();
  }

  // The parts that can hold an answer: with a year chosen, those of the year.
  parts() {
    return this.archive.parts.filter((part) => !this.year || part.name.startsWith(this.year + "-"));
  }

  unknown() {
    return this.parts().filter((part) => !this.archive.has(part));
  }

  unread() {
    return this.archive.texts && this.asked.folded.length && !this.haveTextsFailed ? this.parts().filter((part) => !this.read.has(part)) : [];
  }

  // Whether texts are still to be read where the titles are known.
  isUnreadInPart() {
    return this.unread().some((part) => this.archive.has(part));
  }

  rank() {
    this.titles = ranked(this.archive.entries, this.asked, this.fits, this.byDay);
  }

  typed() {
    return this.titles.filter((one) => isTyped(one, this.asked));
  }

  count() {
    return this.titles.length + this.texts.length;
  }

  // What was typed stands before what only has its letters, one after the other before scattered, titles before texts.
  results() {
    if (this.byDay) return [...this.titles, ...this.found].sort(newestFirst);
    const [typed, strong] = [new Set(this.typed()), (one) => one.how < SCATTERED];
    const phrases = this.found.filter((hit) => hit.isPhrase);
    const isTypedHit = (hit) => hit.isTyped || !this.asked.hasMarks;
    return [
      ...typed,
      ...phrases.filter(isTypedHit),
      ...this.titles.filter((one) => strong(one) && !typed.has(one)),
      ...phrases.filter((hit) => !isTypedHit(hit)),
      ...this.titles.filter((one) => !strong(one)),
      ...this.found.filter((hit) => !hit.isPhrase),
    ];
  }

  // Titles, and texts unless a title or number has the words as they were typed: who wants more can say so, and pays
  // for it then. Of a document that others only speak of, they are what there is to read.
  async find() {
    const phrases = () => this.texts.filter((hit) => hit.isPhrase).length;
    const isNumber = () => !this.asked.isNumber || this.titles.some(isNumbered);
    const isAnswered = () => this.typed().length >= (this.asked.folded.length > 1 ? 1 : ENOUGH) && isNumber();
    await this.lookUp(this.asked.folded.length ? isAnswered : () => this.titles.length >= SHOWN, PATIENCE.titles);
    await this.introduce();
    if (this.isOver || this.hasFailed || !this.asked.folded.length) return;
    const typed = this.typed();
    if (typed.some((one) => one.item.hasText)) return;
    const cited = typed.find((one) => isNumbered(one));
    // It is cited around its day, and its own page tells where.
    const where = cited && { part: cited.item.place.part, patience: PATIENCE.citations };
    await this.readTexts(() => phrases() >= ENOUGH, where);
  }

  // More than there is: the texts of the parts that are known, then older parts.
  async findMore() {
    const before = this.count();
    const isNew = () => this.count() > before;
    const hasNoWords = !this.asked.folded.length;
    this.hasFailed = this.haveTextsFailed = false;
    if (!this.isUnreadInPart() || hasNoWords) await this.lookUp(isNew, Infinity);
    if (!this.isOver && !isNew() && !hasNoWords) await this.readTexts(() => this.count() >= before + SHOWN);
    await this.introduce();
  }

  // Standing pages and the newest part are always looked at.
  isOlder(part) {
    const parts = this.parts();
    return parts.slice(0, parts.indexOf(part)).some(isYear);
  }

  async lookUp(isEnough, patience) {
    const until = this.archive.bytes() + patience;
    for (const part of this.unknown()) {
      const bytes = this.archive.bytes();
      if (this.isOlder(part) && ((bytes > FREE && isEnough()) || bytes > until)) break;
      try {
        await this.archive.load(part);
      } catch (error) {
        // Others may still answer.
        this.hasFailed = true;
      }
      if (this.isOver) return;
      this.rank();
      this.changed();
    }
  }

  // Texts may be out of reach without anything being wrong with titles.
  async readTexts(isEnough, { part: first = null, patience = PATIENCE.texts } = {}) {
    const until = this.archive.bytes() + patience;
    // News before standing pages, which are few and have a word of everything.
    const newest = this.unread().filter((part) => !this.isOlder(part)).reverse();
    const ordered = [...newest, ...this.unread().filter((part) => this.isOlder(part))];
    for (const part of first ? [first, ...ordered.filter((part) => part !== first)] : ordered) {
      if ((first ? part !== first : this.isOlder(part)) && (isEnough() || this.archive.bytes() > until)) break;
      try {
        await this.archive.load(part);
        await this.readPart(part).catch(() => this.isOver || this.readAnew(part));
      } catch (error) {
        this.haveTextsFailed = true;
      }
      if (this.isOver) return;
      this.changed();
    }
  }

  async readPart(part) {
    const found = await this.archive.texts.ask(part, this.text, this.asked, this.filters, this.byDay);
    if (this.isOver) return;
    this.texts.push(...found);
    if (!this.byDay) this.texts.sort((a, b) => b.isPhrase - a.isPhrase);
    this.rank();
    await this.describe();
    this.read.add(part);
  }

  async readAnew(part) {
    this.archive.texts.forget(part);
    this.texts = this.texts.filter((hit) => hit.part !== part);
    return this.readPart(part);
  }

  // What the first texts say, as many as are shown; what has been found by its title is not found twice.
  async describe() {
    const titles = new Set(this.titles.map((one) => one.item.url));
    const typed = this.typed().length;
    const found = [];
    this.hasMore = false;
    for (const hit of this.texts) {
      const before = hit.isPhrase || this.byDay ? typed : this.titles.length;
      if (before + found.length >= this.shown) {
        this.hasMore = true;
        break;
      }
      const said = await hit.read();
      if (this.isOver) return;
      this.excerpts.set(said.url, said.pieces);
      if (!titles.has(said.url)) found.push(Object.assign(hit, { item: this.item(said) }));
    }
    this.found = found;
  }

  // How those begin that are shown and of which no text says where the words are.
  async introduce() {
    const bare = this.results().slice(0, this.shown).filter(({ item }) => item.hasText && !this.excerpts.has(item.url));
    await Promise.all(bare.map(async ({ item }) => {
      const lead = await this.archive.lead(item);
      if (lead && !this.excerpts.has(item.url)) this.excerpts.set(item.url, pieces(lead, this.asked));
    }));
    if (!this.isOver) this.changed();
  }

  item(said) {
    const unknown = { url: said.url, title: said.title, day: "", type: "", section: "", source: "" };
    return this.archive.byUrl.get(said.url) || unknown;
  }
}
