import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import { decodePlan, type EncodedPlan, PREAMBLE_BYTES, readHeader, readPreamble } from './plan-file-format.js';

/** One call reads no more. */
const READ_BYTES = 2 ** 30;

/** The file of a plan is missing, cut short, changed, or of another version. It can be written anew. */
export class DamagedPlanFile extends Error {}

/**
 * Reads a plan, every byte of it checked. Its arrays lie in one buffer.
 * @param hash of the plan. @throws DamagedPlanFile
 */
export function readPlanFile(file: string, hash: string): EvaluationPlan {
  const descriptor = openFile(file);
  try {
    const preamble = Buffer.alloc(PREAMBLE_BYTES);
    const headBytes = sound(readPreamble(preamble.subarray(0, readFully(descriptor, preamble, 0))), file);
    const { size } = fstatSync(descriptor);
    if (size < headBytes) throw damaged(file, 'it is cut short');
    const head = Buffer.alloc(headBytes);
    readFully(descriptor, head, 0);
    const header = sound(readHeader(head), file);
    if (header.hash !== hash) throw damaged(file, 'it holds another plan');
    if (size !== headBytes + header.bodyBytes) throw damaged(file, `it has ${size} bytes`);
    const body = new ArrayBuffer(header.bodyBytes);
    readFully(descriptor, new Uint8Array(body), headBytes);
    return sound(decodePlan(header, body), file);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the file begins as the plan's must, and has its length. */
export async function holdsPlan(file: string, { head, bytes }: EncodedPlan): Promise<boolean> {
  try {
    const handle = await open(file, 'r');
    try {
      const found = Buffer.alloc(head.length);
      const { bytesRead } = await handle.read(found, 0, head.length, 0);
      return bytesRead === head.length && found.equals(head) && (await handle.stat()).size === bytes;
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}

/** Writes a plan so that its file is there as a whole or not at all. */
export async function writePlanFile(file: string, { head, body }: EncodedPlan, unfinished: string): Promise<void> {
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      for (const part of [head, ...body]) if (part.length > 0) await handle.writeFile(part);
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw damaged(file, (error as Error).message);
  }
}

/** @returns how many bytes there were. */
function readFully(descriptor: number, into: Uint8Array, position: number): number {
  let done = 0;
  while (done < into.length) {
    const count = readSync(descriptor, into, done, Math.min(READ_BYTES, into.length - done), position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

function sound<T>(result: T | string, file: string): T {
  if (typeof result === 'string') throw damaged(file, result);
  return result;
}

function damaged(file: string, problem: string): DamagedPlanFile {
  return new DamagedPlanFile(`${file}: ${problem}`);
}
