/** Fewer rows say nothing about whether a column is an identifier. */
const LEAST_ROWS = 20;
/** Share of different texts from which on a column is taken for an identifier, or for free text. */
const DISTINCT_SHARE = 0.5;

const IDENTIFIER_NAME = /(?:^|[_\s.-])(?:id|uuid|guid|key|index|idx|rownames?|row_?number)$|^unnamed: ?\d+$|^$/i;
/** `customerId`, `customerID`, but not `paid`. */
const CAMEL_CASE_IDENTIFIER = /[a-z]I[dD]$/;

/** What makes numbers look like an identifier; undefined when nothing does. */
export function identifyingNumbers(name: string, values: Float64Array): string | undefined {
  if (values.length < LEAST_ROWS) return undefined;
  if (values.every((value, row) => value === values[0]! + row)) return 'numbers the rows';
  const named = IDENTIFIER_NAME.test(name) || CAMEL_CASE_IDENTIFIER.test(name);
  return named && isDistinctInteger(values) ? 'an identifier' : undefined;
}

/**
 * What makes texts look like an identifier; undefined when nothing does.
 * @param codes a code a row, -1 for a missing text. @param distinct how many different texts there are.
 */
export function identifyingTexts(codes: Int32Array, distinct: number): string | undefined {
  let present = 0;
  for (const code of codes) if (code !== -1) present++;
  return present >= LEAST_ROWS && distinct >= DISTINCT_SHARE * present ? 'another text in most rows' : undefined;
}

function isDistinctInteger(values: Float64Array): boolean {
  return values.every((value) => Number.isInteger(value)) && new Set(values).size === values.length;
}
