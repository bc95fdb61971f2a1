/* Finds reasons by what someone types. Pure: no page, no network, so tests run it as it stands. */
(function (global) {
  "use strict";

  const MOST = 8; // suggestions at a time; more is a wall of text on a phone
  const TYPO_FROM = 5; // letters; in shorter words one wrong letter makes another word

  /** Small letters without accents or apostrophes: "Doctor’s" and "doctors", "cáncer" and "cancer" are the same. */
  function fold(text) {
    return text
      .normalize("NFD")
      .replace(/[\u0300-\u036f'’`]/g, "")
      .toLowerCase();
  }

  function words(text) {
    return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  /** rows: [[name, other words, …], …] -> what `find` searches. */
  function prepare(rows) {
    return rows.map((texts) => ({
      name: texts[0],
      phrases: texts.map(fold),
      nameWords: words(texts[0]),
      words: texts.flatMap(words),
    }));
  }

  /** How well a reason answers, 0 best; -1 when it does not. */
  function rank(reason, phrase, typed) {
    if (!typed.every((start) => reason.words.some((word) => word.startsWith(start)))) return -1;
    if (reason.phrases.includes(phrase)) return 0;
    if (reason.phrases[0].startsWith(phrase)) return 1;
    if (typed.every((start) => reason.nameWords.some((word) => word.startsWith(start)))) return 2;
    return reason.phrases.some((text) => text.startsWith(phrase)) ? 3 : 4;
  }

  /** Whether `start` begins `word` but for one letter wrong, missing, added or swapped with its neighbor. */
  function nearlyBegins(word, start) {
    let at = 0;
    while (at < start.length && word[at] === start[at]) at += 1;
    if (at === 0) return false; // the first letter is rarely wrong, and skipping such words keeps this fast
    const rest = start.slice(at + 1);
    return (
      word.startsWith(rest, at + 1) || // wrong
      word.startsWith(start.slice(at), at + 1) || // missing
      word.startsWith(rest, at) || // added
      (start[at + 1] === word[at] && start[at] === word[at + 1] && word.startsWith(start.slice(at + 2), at + 2))
    );
  }

  function nearly(reason, typed) {
    return typed.every((start) =>
      reason.words.some((word) => word.startsWith(start) || (start.length >= TYPO_FROM && nearlyBegins(word, start))),
    );
  }

  /** Names of matching reasons, best first, at most MOST. Typing errors are forgiven only when nothing else matches. */
  function find(reasons, text) {
    const typed = words(text);
    if (!typed.length) return [];
    const phrase = fold(text).trim();
    const found = [];
    reasons.forEach((reason, order) => {
      const value = rank(reason, phrase, typed);
      if (value >= 0) found.push({ name: reason.name, value, order });
    });
    found.sort((a, b) => a.value - b.value || a.order - b.order);
    const best = found.length ? found : reasons.filter((reason) => nearly(reason, typed));
    return best.slice(0, MOST).map((reason) => reason.name);
  }

  global.reasonSearch = { prepare, find, fold };
})(typeof window === "undefined" ? globalThis : window);
