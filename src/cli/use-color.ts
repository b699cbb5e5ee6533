/**
 * Whether what is written to a stream may hold colours: on a terminal, or where FORCE_COLOR asks for them; never where
 * NO_COLOR is set. An empty variable counts as not set.
 */
export function useColor(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = environment;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}
