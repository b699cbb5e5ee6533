/**
 * Breaks text at blanks into lines of at most `width` characters, each after the indentation; a word that is longer than
 * a line is broken where the line ends.
 */
export function wrapText(text: string, width: number, indentation = ''): readonly string[] {
  const room = Math.max(1, width - indentation.length);
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = '';
    }
    for (; word.length > room; word = word.slice(room)) lines.push(word.slice(0, room));
    line += line === '' ? word : ` ${word}`;
  }
  lines.push(line);
  return lines.map((content) => indentation + content);
}

/** A label, and the text beside it, wrapped into a column of its own. */
export function wrapBeside(label: string, text: string, width: number): readonly string[] {
  const [first = '', ...rest] = wrapText(text, width, ' '.repeat(label.length));
  return [label + first.slice(label.length), ...rest];
}
