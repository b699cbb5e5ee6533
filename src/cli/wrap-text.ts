/** Breaks text at blanks into lines of at most `width` characters, each after the indentation. */
export function wrapText(text: string, width: number, indentation: string): readonly string[] {
  const lines: string[] = [];
  let line = indentation;
  for (const word of text.split(/\s+/)) {
    const blank = line.length > indentation.length ? ' ' : '';
    if (blank !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indentation}${word}`;
    } else line += blank + word;
  }
  lines.push(line);
  return lines;
}
