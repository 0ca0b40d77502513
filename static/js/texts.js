// Texts: the index that Pagefind has made of each part, asked for phrases first, and for scattered words where there
// are none.

import { excerpt, fold, hasAll, words } from "./words.js";

// Of texts that have the words in no order, so many of each part.
const SCATTERED_SHOWN = 10;

// đ as the index has it: its stroke beside the d, a mark like others (see loa/fulltext.py).
export function stroked(text) {
  return text.normalize("NFC").replace(/đ/g, "d\u0335").replace(/Đ/g, "D\u0335");
}

function unstroked(text) {
  return text.replace(/d\u0335/g, "đ").replace(/D\u0335/g, "Đ").replace(/\u200b/g, "");
}

// All bundles share one WebAssembly, which Pagefind looks for in each.
function shareWebAssembly(folder) {
  const original = window.fetch;
  const own = new RegExp("^(" + folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + ")[^/]+/(wasm\\.[^/]+)$");
  let shared = null;
  window.fetch = async (input, options) => {
    if (typeof input !== "string" || !own.test(input)) return original(input, options);
    shared = shared || original(input.replace(own, "$1$2"), options);
    const response = await shared.catch(() => Response.error());
    if (!response.ok) shared = null;
    return response.clone();
  };
}

// What the index knows of a text; its words are loaded when they are first asked for.
class Hit {
  constructor(part, result, asked, isPhrase) {
    Object.assign(this, { part, result, asked, isPhrase, isTyped: false, said: null });
  }

  async read() {
    if (!this.said) {
      // Pagefind's own excerpt is that of the last question, whichever that was.
      const { raw_url: url, meta, content } = await this.result.data();
      const text = unstroked(content);
      this.said = { url: url.replace(/\/$/, "/index.html"), title: unstroked(meta.title), words: words(text).map(fold), ...excerpt(text, this.asked) };
      this.isTyped = this.isPhrase && this.said.isTyped;
    }
    return this.said;
  }
}

export class Texts {
  constructor(folder) {
    this.folder = folder;
    this.engine = null;
    this.indexes = new Map();
    shareWebAssembly(folder);
  }

  // The site may be published while it is read, and what an index consists of with it.
  forget(part) {
    this.indexes.delete(part);
  }

  async index(part) {
    if (!this.indexes.has(part)) {
      const engine = this.engine || import(this.folder + "pagefind.js");
      const made = await (await engine).createInstance({ basePath: this.folder + part.name + "/", noWorker: true });
      this.engine = engine;
      await made.init();
      this.indexes.set(part, made);
    }
    return this.indexes.get(part);
  }

  // The texts of a part that answer; the filters are those of the page.
  async ask(part, text, asked, filters, byDay) {
    const index = await this.index(part);
    const stroke = (of) => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, stroked(value)]));
    const options = { filters: stroke(filters), ...(byDay && { sort: { ngay: "desc" } }) };
    const term = stroked(text.replace(/"/g, " "));
    const isOne = asked.folded.length === 1;
    const find = async (words, isPhrase) =>
      (await index.search(words, options)).results.map((result) => new Hit(part, result, asked, isPhrase));
    const phrases = isOne ? [] : await find('"' + term + '"', true);
    if (phrases.length) return phrases;
    const found = await find(term, isOne);
    // For a word that it does not know Pagefind takes the beginning of it, or nothing; so the first are looked at.
    const few = found.slice(0, isOne ? 1 : SCATTERED_SHOWN);
    const folded = words(text).map(fold);
    const sound = await Promise.all(few.map(async (hit) => hasAll((await hit.read()).words, folded, asked.begun.folded)));
    if (isOne) return sound[0] ? found : [];
    return few.filter((_, at) => sound[at]);
  }
}
