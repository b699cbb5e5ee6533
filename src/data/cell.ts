/** Texts that mean that there is no value, after blanks around them are cut. */
export const MISSING_TEXTS: ReadonlySet<string> = new Set(['', 'NA', 'NaN', 'nan', 'null', 'NULL', 'N/A', '?']);

/** Numbers of a greater magnitude are refused: their squares overflow, and every model computes squares. */
export const GREATEST_MAGNITUDE = 1e150;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const POWERS_OF_TEN = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** Cuts blanks around a cell. */
export function trimCell(text: string): string {
  if (text.length === 0) return text;
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first > 32 && last > 32 && first < 128 && last < 128 ? text : text.trim();
}

/** @param cell without blanks around it. */
export function isMissingCell(cell: string): boolean {
  return cell.length <= 4 && MISSING_TEXTS.has(cell);
}

/**
 * The number that a cell stands for: decimal notation, with an exponent or without, `inf` for infinity.
 * @param cell without blanks around it.
 * @returns NaN when it is no number; an infinity when it is one beyond the range of doubles.
 */
export function parseNumber(cell: string): number {
  const length = cell.length;
  let index = cell.charCodeAt(0) === 45 ? 1 : 0;
  // Up to 15 digits are an exact integer and powers of ten to 10^15 are exact, so that one division rounds correctly
  // (Clinger, 1990). Anything else takes the slow way.
  if (length - index > 16 || length === index) return parseAnyNumber(cell);
  let mantissa = 0;
  let digits = 0;
  let point = -1;
  for (; index < length; index++) {
    const code = cell.charCodeAt(index);
    if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      digits++;
    } else if (code === 46 && point < 0) {
      point = digits;
    } else {
      return parseAnyNumber(cell);
    }
  }
  if (digits === 0 || digits > 15) return parseAnyNumber(cell);
  const value = point < 0 ? mantissa : mantissa / POWERS_OF_TEN[digits - point]!;
  return cell.charCodeAt(0) === 45 ? -value : value;
}

function parseAnyNumber(cell: string): number {
  if (DECIMAL.test(cell)) return Number(cell);
  if (INFINITE.test(cell)) return cell.startsWith('-') ? -Infinity : Infinity;
  return Number.NaN;
}

/** `true` and `false` in any case: what makes a column boolean without being told. */
export function parsePlainBoolean(cell: string): boolean | undefined {
  const lowered = cell.length <= 5 ? cell.toLowerCase() : '';
  return lowered === 'true' ? true : lowered === 'false' ? false : undefined;
}

const TRUE_TEXTS: ReadonlySet<string> = new Set(['true', 'yes', 'y', 't', 'on', '1']);
const FALSE_TEXTS: ReadonlySet<string> = new Set(['false', 'no', 'n', 'f', 'off', '0']);

/** What a column declared boolean may hold. */
export function parseDeclaredBoolean(cell: string): boolean | undefined {
  const lowered = cell.toLowerCase();
  if (TRUE_TEXTS.has(lowered)) return true;
  return FALSE_TEXTS.has(lowered) ? false : undefined;
}
