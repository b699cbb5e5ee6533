import { isMissingCell, parseNumber, trimCell } from './cell.js';
import type { ColumnRequest, RawColumn } from './raw-table.js';

/** Strings shorter than this are copied by V8 when cut out of a longer one, not kept as a slice of it. */
const SLICE_LENGTH = 13;
/** Small, for tables of very many columns. */
const LEAST_CAPACITY = 32;

/**
 * One column while its file is read: a typed array that doubles as rows arrive. A column is numeric until a cell is no
 * number. If numbers came before, their spelling is lost (`007`, `1.0`), so the column stops there and `needsText` asks
 * for a second reading of the file.
 */
export class ColumnBuilder {
  readonly name: string;
  length = 0;
  needsText = false;
  private readonly mostTexts: number;
  private isText: boolean;
  private hasNumbers = false;
  private values = new Float64Array(0);
  private codes = new Int32Array(0);
  private texts: string[] = [];
  private readonly codeOf = new Map<string, number>();
  private overflowed = false;

  constructor(name: string, request: ColumnRequest) {
    this.name = name;
    this.mostTexts = request.mostTexts;
    this.isText = request.mode === 'text';
  }

  /** A cell of a text format, or a text: missing, a number or a text. */
  addText(text: string): void {
    const cell = trimCell(text);
    if (isMissingCell(cell)) {
      this.addMissing();
    } else if (this.isText) {
      this.pushCode(this.encode(cell));
    } else {
      const value = parseNumber(cell);
      if (Number.isNaN(value)) this.turnToText(cell);
      else this.pushValue(value);
    }
  }

  addNumber(value: number): void {
    if (Number.isNaN(value)) this.addMissing();
    else if (this.isText) this.pushCode(this.encode(String(value)));
    else this.pushValue(value);
  }

  addMissing(): void {
    if (this.isText) {
      this.pushCode(-1);
    } else {
      this.reserve();
      this.values[this.length++] = Number.NaN;
    }
  }

  /** Fills up with missing values, for formats in which a row may lack a column. */
  padTo(rows: number): void {
    while (this.length < rows) this.addMissing();
  }

  /** @returns the column; the builder is empty afterwards. */
  finish(): RawColumn {
    const { name, length, overflowed } = this;
    const column: RawColumn = this.isText
      ? { kind: 'text', name, codes: this.codes.subarray(0, length), texts: this.texts, overflowed }
      : { kind: 'number', name, values: this.values.subarray(0, length) };
    this.values = new Float64Array(0);
    this.codes = new Int32Array(0);
    this.texts = [];
    this.codeOf.clear();
    this.length = 0;
    return column;
  }

  private turnToText(cell: string): void {
    if (this.hasNumbers) {
      this.needsText = true;
      this.length++;
      return;
    }
    this.isText = true;
    this.codes = new Int32Array(this.values.length).fill(-1);
    this.values = new Float64Array(0);
    this.pushCode(this.encode(cell));
  }

  private pushValue(value: number): void {
    this.hasNumbers = true;
    this.reserve();
    // Adding zero turns -0 into 0, which is no other number.
    this.values[this.length++] = value + 0;
  }

  private pushCode(code: number): void {
    this.reserve();
    this.codes[this.length++] = code;
  }

  private encode(cell: string): number {
    const known = this.codeOf.get(cell);
    if (known !== undefined) return known;
    if (this.texts.length >= this.mostTexts) {
      this.overflowed = true;
      return -2;
    }
    // A slice would keep the whole block of the file that it was cut from in memory.
    const text: string = cell.length < SLICE_LENGTH ? cell : JSON.parse(JSON.stringify(cell));
    this.codeOf.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  private reserve(): void {
    if (this.isText) {
      if (this.length === this.codes.length) this.codes = grow(new Int32Array(capacityAfter(this.length)), this.codes);
    } else if (this.length >= this.values.length) {
      this.values = grow(new Float64Array(capacityAfter(this.length)), this.values);
    }
  }
}

function capacityAfter(length: number): number {
  return Math.max(LEAST_CAPACITY, length * 2);
}

function grow<T extends Float64Array | Int32Array>(larger: T, smaller: T): T {
  larger.set(smaller);
  return larger;
}
