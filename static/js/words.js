// Words as people type them, and how well a title or a number answers them. Functions of values only.

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

// What is written in two ways: "kí" and "ký", "06" and "6".
function alike(word) {
  return word.replace(/^([hklmst]|qu)y(?!\p{L})/u, "$1i").replace(/^0+(?=\d)/, "");
}

export function words(text) {
  return text.normalize("NFC").toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
}

// Words in the two ways in which they are compared: with their marks and without.
function compared(text) {
  const all = words(text);
  return { toned: all.map((word) => alike(toned(word))), folded: all.map((word) => alike(fold(word))) };
}

export function question(text) {
  const all = words(text);
  const { toned: withMarks, folded } = compared(text);
  const first = folded.findIndex((word) => /^\d/.test(word));
  const last = all[all.length - 1] || "";
  return {
    toned: withMarks,
    folded,
    // The last word as it was typed, which may be only the beginning of one.
    begun: { toned: toned(last), folded: fold(last) },
    hasMarks: all.some((word) => fold(word) !== word),
    // What may be the number of a document and what follows it: "2811", "ubnd", "kt", "ngay", "8", "8", "2022".
    number: first < 0 ? [] : folded.slice(first),
    isNumber: first === 0 || (first > 0 && first <= 4 && /\d\s*[/-]\s*[\p{L}\d]/u.test(text)),
    // "Công văn số 5056": what stands before a number says something too, but for the word "số".
    before: first < 0 ? [] : folded.slice(0, first).filter((word) => word !== "so"),
  };
}

// The rows of a look-up file, which has columns.
export function entries([types, urls, titles, numbers, days, sections, sources, marks]) {
  return types.map((type, at) => entry(type, address(urls[at], titles[at]), titles[at], numbers[at], days[at], sections[at], sources[at], marks[at]));
}

// Where the file is called like the title, only its folder is said.
function address(url, title) {
  return url.endsWith("/*") ? url.slice(0, -1) + fold(title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") + ".html" : url;
}

// A row, prepared: what is compared is made once.
function entry(type, url, title, number, day, section, source, mark) {
  const isUnwritten = type === "nhac-den";
  return {
    type: isUnwritten ? "van-ban" : type,
    isUnwritten,
    // A document that others speak of and a listing have none of their own.
    hasText: !isUnwritten && type !== "muc",
    url,
    title,
    day,
    section,
    source,
    mark,
    number: number ? compared(number).folded : null,
    ...compared(title),
  };
}

// How a number of a document answers: "whole", "ofAnother" (day than was said), "words" of it, the first "digits",
// or it is only "mentioned" among other words; empty if it does not. 07/CT-UBND, "7 ct ubnd" and "7CTUBND" are one;
// behind it may stand its day and issuer.
const AFTER = ["ngay", "thang", "nam", "cua", "ve"];

function numberLevel(found, asked) {
  const whole = found.number.join("");
  const cuts = ends(found.number);
  let typed = "";
  for (let count = 1; count <= asked.number.length && typed.length < whole.length; count += 1) {
    typed += asked.number[count - 1];
    const rest = asked.number.slice(count);
    // "242" is not the beginning of 24/2022.
    if (!whole.startsWith(typed) || !isCutAlike(whole, cuts, asked.number.slice(0, count))) return "";
    if (typed === whole) return !isKind(found, asked.before) ? "mentioned" : isOf(found, rest) ? "whole" : "ofAnother";
    const isBetween = !/\d$/.test(typed) || !/^\d/.test(whole.slice(typed.length)) || cuts.has(typed.length);
    if (!rest.length && isKind(found, asked.before)) return isBetween ? "words" : "digits";
    if (isBetween && AFTER.includes(rest[0]) && isKind(found, asked.before) && isOf(found, rest)) return "words";
  }
  return "";
}

// Where the words of a number end.
function ends(number) {
  let at = 0;
  return new Set(number.map((word) => (at += word.length)));
}

// Whether digits that are apart in one are apart in the other too.
function isCutAlike(whole, cuts, typed) {
  const others = ends(typed);
  for (let at = 1; at < typed.join("").length; at += 1) {
    if (/^\d\d/.test(whole.slice(at - 1)) && cuts.has(at) !== others.has(at)) return false;
  }
  return true;
}

// Whether what stands before a number is its kind ("công văn", "cv"), or nothing.
function isKind(found, before) {
  const kind = words(found.section).map(fold);
  const said = before.join(" ");
  return !said || said === kind.join(" ") || said === kind.map((word) => word[0]).join("") || said === "van ban";
}

// Whether the numbers that stand behind a number are of the day of the document.
function isOf(found, rest) {
  const day = found.day.split("-").map(alike);
  return rest.every((word) => !/^\d/.test(word) || day.includes(word));
}

// Of a word the beginning is enough while people type; 5 is not the beginning of 56.
function begins(word, last, begun) {
  return word === last || (!/^\d+$/.test(last) && word.startsWith(begun));
}

// Where the words of a phrase stand one after the other; of the last one it may be the beginning.
export function phraseAt(all, phrase, begun) {
  const last = phrase.length - 1;
  for (let start = 0; start + last < all.length; start += 1) {
    let at = 0;
    while (at < last && all[start + at] === phrase[at]) at += 1;
    if (at === last && begins(all[start + last], phrase[last], begun)) return start;
  }
  return -1;
}

export function hasAll(all, wanted, begun) {
  const last = wanted.length - 1;
  return wanted.every((word, at) => all.includes(word) || (at === last && all.some((other) => begins(other, word, begun))));
}

// How well a title or number answers: 0 best, NONE not at all. A number stands before titles, a whole title before
// a phrase in one, a phrase before scattered syllables, words as typed before words without their marks.
export const NONE = 99;
const NUMBERS = { whole: 0, ofAnother: 1, words: 2 };
const TITLES = { whole: 3, phrase: 5 };
// From here on words are scattered.
export const SCATTERED = 8;
const NUMBERS_BEHIND_TITLES = { digits: 7, mentioned: SCATTERED };

export function level(found, asked) {
  const number = found.number && asked.number.length ? numberLevel(found, asked) : "";
  if (number in NUMBERS) return NUMBERS[number];
  // Who only narrows down sees all that is left.
  if (!asked.folded.length) return TITLES.whole;
  for (const [key, less] of [["toned", 0], ["folded", 1]]) {
    const at = phraseAt(found[key], asked[key], asked.begun[key]);
    if (at === 0 && found[key].length === asked[key].length) return TITLES.whole + less;
    if (at >= 0) return TITLES.phrase + less;
  }
  if (number) return NUMBERS_BEHIND_TITLES[number];
  if (hasAll(found.toned, asked.toned, asked.begun.toned)) return SCATTERED;
  if (hasAll(found.folded, asked.folded, asked.begun.folded)) return SCATTERED + 1;
  // "vacxin" is "vắc-xin"; letters of fewer stand together in many titles by chance.
  const [joined, ...others] = asked.folded;
  return !others.length && joined.length > 4 && found.folded.join("").includes(joined) ? SCATTERED + 2 : NONE;
}

// Whether an entry answers with its number, or with words one after the other and as they were typed.
export function isTyped(one, asked) {
  return one.how < SCATTERED && !(asked.hasMarks && [TITLES.whole + 1, TITLES.phrase + 1].includes(one.how));
}

// Whether it is the number that was asked for.
export function isNumbered(one) {
  return one.how <= NUMBERS.words;
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

// The pieces of a text, and whether each is of the words that were asked for; such words, one after the other, are one.
export function pieces(text, asked) {
  const last = asked.folded[asked.folded.length - 1];
  const made = [];
  const all = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  const folded = all.map((piece, at) => (at % 2 ? alike(fold(piece)) : ""));
  // Where the last word stands as it is, it is not the beginning of others.
  const isBegun = last && !folded.includes(last);
  all.forEach((piece, at) => {
    const word = folded[at];
    const marked = Boolean(word) && (asked.folded.includes(word) || Boolean(isBegun && begins(word, last, asked.begun.folded)));
    const [before, between] = made.slice(-2);
    if (marked && between && before && before.marked && between.text === " ") {
      made.pop();
      before.text += " " + piece;
    } else if (piece) made.push({ text: piece, marked });
  });
  return made;
}

// What a text says around the words that were asked for, in pieces; and whether they stand there as they were typed.
const BEFORE = 12, BEHIND = 24;

export function excerpt(text, asked) {
  const all = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  const { toned: withMarks, folded } = compared(text);
  const asTyped = phraseAt(withMarks, asked.toned, asked.begun.toned);
  const phrase = asTyped >= 0 ? asTyped : phraseAt(folded, asked.folded, asked.begun.folded);
  const any = folded.findIndex((word) => asked.folded.includes(word));
  const at = Math.max(phrase, 0) || Math.max(any, 0);
  const from = Math.max(0, at - BEFORE);
  // Words stand at odd places, what is between them at even ones.
  const shown = all.slice(from * 2 + 1, (at + BEHIND) * 2).join("").trim();
  return {
    isTyped: asTyped >= 0,
    isPhrase: phrase >= 0,
    pieces: [
      ...(from ? [{ text: "… ", marked: false }] : []),
      ...pieces(shown, asked),
      ...((at + BEHIND) * 2 < all.length ? [{ text: " …", marked: false }] : []),
    ],
  };
}
