/** Texts in quotes and names in backticks: what stands in them is as it should be. */
const QUOTED = `'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"|\`[^\`]*\``;

/**
 * Without backticks a hyphen is a minus, so that `decision-tree.max_depth` reads as a difference.
 * @param names what the text may mean.
 * @returns the text with backticks around such names; undefined when it holds none.
 */
export function quoteHyphenatedNames(text: string, names: Iterable<string>): string | undefined {
  const hyphenated = [...names].filter((name) => name.includes('-')).sort((a, b) => b.length - a.length);
  if (hyphenated.length === 0) return undefined;
  const choices = hyphenated.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const whole = `(?<![\\p{L}\\p{N}_.\`-])(${choices})(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}_\`])`;
  const corrected = text.replace(new RegExp(`${QUOTED}|${whole}`, 'gsu'), (found, name?: string) =>
    name === undefined ? found : `\`${name}\``,
  );
  return corrected === text ? undefined : corrected;
}
