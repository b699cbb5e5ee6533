import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';

/**
 * A plan as a file: a preamble of 64 bytes, the header (JSON in UTF-8), then the arrays, each aligned to 64 bytes.
 *
 * | bytes   | preamble                                     |
 * |---------|----------------------------------------------|
 * | 0 – 7   | `CMLPLAN\n`                                  |
 * | 8 – 11  | version, uint32, little-endian               |
 * | 12 – 15 | length of the header in bytes, uint32        |
 * | 16 – 47 | SHA-256 of the header                        |
 *
 * In the header an array is `{"$array": index of its section}`.
 */
export const PLAN_FILE_VERSION = 1;
export const PREAMBLE_BYTES = 64;
const MAGIC = 'CMLPLAN\n';
const ALIGNMENT = 64;
/** No plan comes near: what claims more is damaged. */
const LONGEST_HEADER_BYTES = 2 ** 30;

const ARRAY_TYPES = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
};
type ArrayType = keyof typeof ARRAY_TYPES;
type TypedArray = InstanceType<(typeof ARRAY_TYPES)[ArrayType]>;

export interface Section {
  readonly type: ArrayType;
  /** Counted from the end of the header, padded. */
  readonly offset: number;
  /** Of elements. */
  readonly length: number;
}

export interface PlanHeader {
  readonly hash: string;
  readonly endianness: string;
  readonly sections: readonly Section[];
  /** Of all sections with their padding. */
  readonly bodyBytes: number;
  /** CRC-32 of the sections without their padding, one after the other. */
  readonly checksum: number;
  /** The plan as JSON. */
  readonly plan: string;
}

export interface EncodedPlan {
  /** Preamble, header and padding: the same bytes for the same plan, so that they tell whether a file holds it. */
  readonly head: Uint8Array;
  /** The sections with their padding, in order. */
  readonly body: readonly Uint8Array[];
  /** Of the whole file. */
  readonly bytes: number;
}

export function encodePlan(plan: EvaluationPlan): EncodedPlan {
  const sections: Section[] = [];
  const body: Uint8Array[] = [];
  let offset = 0;
  let checksum = 0;
  const text = JSON.stringify(plan, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`a plan holds ${value} as ${key}`);
    if (!ArrayBuffer.isView(value)) return value;
    const array = value as TypedArray;
    const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
    checksum = checksumOf(bytes, checksum);
    const padding = new Uint8Array(padded(bytes.length) - bytes.length);
    body.push(bytes, padding);
    sections.push({ type: typeOf(array), offset, length: array.length });
    offset += padded(bytes.length);
    return { $array: sections.length - 1 };
  });
  const header: PlanHeader = {
    hash: plan.hash,
    endianness: endianness(),
    sections,
    bodyBytes: offset,
    checksum,
    plan: text,
  };
  const json = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(padded(PREAMBLE_BYTES + json.length));
  head.write(MAGIC, 0, 'latin1');
  head.writeUInt32LE(PLAN_FILE_VERSION, 8);
  head.writeUInt32LE(json.length, 12);
  createHash('sha256').update(json).digest().copy(head, 16);
  json.copy(head, PREAMBLE_BYTES);
  return { head, body, bytes: head.length + offset };
}

/** @param preamble the first bytes of a file. @returns the length of head, or what is wrong. */
export function readPreamble(preamble: Buffer): number | string {
  if (preamble.length < PREAMBLE_BYTES) return 'it is cut short';
  if (preamble.toString('latin1', 0, 8) !== MAGIC) return 'it is no plan file';
  const version = preamble.readUInt32LE(8);
  if (version !== PLAN_FILE_VERSION) return `it has version ${version}, not ${PLAN_FILE_VERSION}`;
  const length = preamble.readUInt32LE(12);
  if (length > LONGEST_HEADER_BYTES) return 'its header has an impossible length';
  return padded(PREAMBLE_BYTES + length);
}

/** @returns the header, or what is wrong. */
export function readHeader(head: Buffer): PlanHeader | string {
  const json = head.subarray(PREAMBLE_BYTES, PREAMBLE_BYTES + head.readUInt32LE(12));
  const expected = head.subarray(16, 48);
  if (!createHash('sha256').update(json).digest().equals(expected)) return 'the checksum of its header is wrong';
  const header = JSON.parse(json.toString('utf8')) as PlanHeader;
  return header.endianness === endianness() ? header : 'it was written by a machine of another byte order';
}

/** The plan over the bytes of its sections. @returns what is wrong with them, instead. */
export function decodePlan(header: PlanHeader, body: ArrayBuffer): EvaluationPlan | string {
  let checksum = 0;
  const arrays = header.sections.map(({ type, offset, length }) => {
    const array = new ARRAY_TYPES[type](body, offset, length);
    checksum = checksumOf(new Uint8Array(body, offset, array.byteLength), checksum);
    return array;
  });
  if (checksum !== header.checksum) return 'the checksum of its arrays is wrong';
  return JSON.parse(header.plan, (_, value: unknown) => {
    const index = (value as { readonly $array?: unknown } | null)?.$array;
    return typeof index === 'number' ? arrays[index] : value;
  }) as EvaluationPlan;
}

/** @param before of what comes before. */
function checksumOf(bytes: Uint8Array, before: number): number {
  // zlib's crc32 begins anew where it gets a null pointer, which an empty array may be.
  return bytes.length === 0 ? before : crc32(bytes, before);
}

function typeOf(array: TypedArray): ArrayType {
  const name = array.constructor.name;
  if (!Object.hasOwn(ARRAY_TYPES, name)) throw new Error(`a plan holds a ${name}`);
  return name as ArrayType;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
