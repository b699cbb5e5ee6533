import { clamp } from './interpolation.js';

/** Equidistant values, written as a person would: 0.7 and not 0.7000000000000001. */
export class Lattice {
  readonly count: number;
  private readonly min: number;
  private readonly max: number;
  private readonly step: number;
  /** A power of ten that makes every value an integer; 0 where that would lose digits. */
  private readonly scale: number;

  constructor(min: number, max: number, step: number) {
    this.min = min;
    this.max = max;
    this.step = step;
    // A range such as 0 … 0.3 in steps of 0.1 must reach its end in spite of rounding.
    this.count = Math.floor(((max - min) / step) * (1 + 1e-12) + 1e-9) + 1;
    const scale = 10 ** Math.max(decimals(min), decimals(step));
    this.scale = Math.max(Math.abs(min), Math.abs(max)) * scale < 2 ** 52 ? scale : 0;
  }

  valueAt(index: number): number {
    const value = this.min + index * this.step;
    const written = this.scale === 0 ? value : Math.round(value * this.scale) / this.scale;
    // Adding 0 turns -0, which rounding may leave, into 0.
    return Math.min(written, this.max) + 0;
  }

  /** The index of the value nearest to a number. */
  indexOf(value: number): number {
    return clamp(Math.round((value - this.min) / this.step), 0, this.count - 1);
  }
}

/** Decimal places of a number as it prints. */
function decimals(value: number): number {
  const [digits, exponent] = String(value).split('e');
  const fraction = digits!.split('.')[1]?.length ?? 0;
  return Math.max(0, fraction - Number(exponent ?? 0));
}
