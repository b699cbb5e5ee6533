/** Characters that move the cursor, colour a terminal or end a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const LAYOUT = new Set(['\n', '\r', '\t']);

/** Text on one line that cannot steer a terminal: line breaks and tabs become blanks, others appear as `\u001b`. */
export function visibleText(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) => (LAYOUT.has(character) ? ' ' : escaped(character)));
}

/** The same with line breaks and tabs left as they are. */
export function visibleLines(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) => (LAYOUT.has(character) ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
