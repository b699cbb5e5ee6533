/** What a log of CI shows on one line. */
const LOG_WIDTH = 80;
/** In a file or a pipe nothing limits a line; this one holds the parameters of any row. */
const PIPE_WIDTH = 200;
const NARROWEST = 20;

/** Characters a line on a stream may have: COLUMNS where it is set, else what the terminal has. */
export function lineWidth(stream: { readonly columns?: number }, environment: NodeJS.ProcessEnv): number {
  const { COLUMNS = '' } = environment;
  if (/^\d+$/.test(COLUMNS) && Number(COLUMNS) > 0) return Math.max(NARROWEST, Number(COLUMNS));
  if (stream.columns !== undefined && stream.columns > 0) return Math.max(NARROWEST, stream.columns);
  return inContinuousIntegration(environment) ? LOG_WIDTH : PIPE_WIDTH;
}

export function inContinuousIntegration({ CI = '' }: NodeJS.ProcessEnv): boolean {
  return CI !== '' && CI !== 'false';
}
