// Searching lists by words, as everywhere in Skyreel: every word must occur somewhere, in any order.

/** Whether texts have all words of what was typed in them. */
export function search(typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (...texts) => {
    if (words.length === 0) return true;
    const all = texts.join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  };
  fits.isEmpty = words.length === 0;
  return fits;
}
