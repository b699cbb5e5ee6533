const CALL = /([\w`.-]+\s*:\s*)([A-Za-z]\w*\([^()"]*\))/g;
const CONDITION = /(\bwhen\s*:\s*)([^\s"'{}][^{}"\]]*\](?:\s*(?:and|or)\b[^{}"\]]*\])*)/g;

/**
 * Inside `{ }` YAML ends an unquoted value at a comma and knows no `[` in its middle, so `{depth: int(2, 12)}` reads as
 * two keys. @returns the line with such values quoted; undefined when it has none.
 */
export function quoteUnquoted(line: string): string | undefined {
  if (!line.includes('{')) return undefined;
  const corrected = line.replaceAll(CALL, quoted).replaceAll(CONDITION, quoted);
  return corrected === line ? undefined : corrected.trim();
}

function quoted(whole: string, key: string, value: string): string {
  return value.includes(',') || value.includes('[') ? `${key}"${value}"` : whole;
}

/** The message for such a line. */
export function unquotedCommaMessage(corrected: string): string {
  return `YAML splits this at the comma; quote what holds a comma or [ inside { }: ${corrected}`;
}
