/** What only a shell can do: several commands, files, variables, patterns. */
const SHELL_SYNTAX = /[|&;<>()$`*?[\]#~!{}\n]/;
const WORD = /\s*((?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)/gy;

/** The words of a command line; undefined where a shell is needed to read it. */
export function shellWords(line: string): readonly string[] | undefined {
  return SHELL_SYNTAX.test(line) ? undefined : quotedWords(line);
}

/** The words of a command line, of which only quotes and backslashes have a meaning. */
export function quotedWords(line: string): readonly string[] {
  return Array.from(line.matchAll(WORD), ([, word]) => unquoted(word!));
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) => {
    if (single !== undefined) return single;
    return double === undefined ? escaped : double.replace(/\\(.)/g, '$1');
  });
}

/** A word as a shell reads it back. Placeholders stay as they are. */
export function shellQuoted(word: string): string {
  return /^[\w./:@%+=,{}-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
