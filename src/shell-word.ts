/** What every shell takes as one word. */
const PLAIN = /^[\w./\\:@%+=,~-]+$/;

/** A path or name as a word of a command, quoted where a shell would take it apart. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}
