import type { OutputLog } from '../user-code/output-log.js';

type Write = typeof process.stdout.write;

/** Sends what this process prints to logs. @returns what ends that. */
export function captureOutput(stdout: OutputLog, stderr: OutputLog): () => void {
  const releases = [redirect(process.stdout, stdout), redirect(process.stderr, stderr)];
  return () => {
    for (const release of releases) release();
  };
}

function redirect(stream: NodeJS.WriteStream, log: OutputLog): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, 'write');
  const write = (chunk: Uint8Array | string, ...rest: readonly unknown[]): boolean => {
    const encoding = typeof rest[0] === 'string' ? (rest[0] as BufferEncoding) : 'utf8';
    log.write(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    const written = rest.find((argument) => typeof argument === 'function');
    if (written !== undefined) process.nextTick(written as () => void);
    return true;
  };
  stream.write = write as Write;
  return () => {
    if (own === undefined) Reflect.deleteProperty(stream, 'write');
    else Object.defineProperty(stream, 'write', own);
  };
}
