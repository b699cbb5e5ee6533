import { Random } from '../random.js';
import { directionNumbers } from './sobol-direction-numbers.js';

const BITS = 32;
const UNIT = 2 ** -BITS;

/**
 * A Sobol sequence over the unit cube with 2^32 points, any of which is computed directly from its index.
 * Sources: I. M. Sobol, USSR Computational Mathematics and Mathematical Physics 7 (1967), pp. 86-112; P. Bratley and
 * B. L. Fox, "Algorithm 659", ACM TOMS 14 (1988), pp. 88-100; order of the points by Gray code: I. A. Antonov and
 * V. M. Saleev (1979). Scrambling: random linear matrix scrambling (J. Matousek, "On the L2-discrepancy for anchored
 * boxes", Journal of Complexity 14 (1998), pp. 527-556) and a random digital shift; every elementary interval keeps its
 * number of points. The first point stays, as leaving it out would spoil that (A. B. Owen, arXiv:2008.08051).
 */
export class SobolSequence {
  readonly dimensions: number;
  /** Direction numbers, dimensions x 32; bit 31 is the first binary digit of a coordinate. */
  private readonly directions: Uint32Array;
  /** One a dimension. */
  private readonly shifts: Uint32Array;
  /** Half a cell when scrambled: keeps coordinates off 0 without favouring either end. */
  private readonly offset: number;

  /**
   * @param dimensions at most MAX_SOBOL_DIMENSIONS.
   * @param scrambleSeed undefined for the plain sequence, which starts at the origin.
   */
  constructor(dimensions: number, scrambleSeed: number | undefined) {
    this.dimensions = dimensions;
    this.directions = new Uint32Array(dimensions * BITS);
    this.shifts = new Uint32Array(dimensions);
    this.offset = scrambleSeed === undefined ? 0 : 0.5;
    for (let bit = 0; dimensions > 0 && bit < BITS; bit++) this.directions[bit] = 2 ** (BITS - 1 - bit);
    for (const [index, { degree, coefficients, initial }] of directionNumbers(dimensions).entries()) {
      fillDirections(this.directions.subarray((index + 1) * BITS, (index + 2) * BITS), degree, coefficients, initial);
    }
    if (scrambleSeed !== undefined) this.scramble(scrambleSeed);
  }

  /** Writes point number `index` (0 … 2^32 - 1) to `out`, length `dimensions`, each in [0, 1). */
  point(index: number, out: Float64Array): void {
    const gray = (index ^ (index >>> 1)) >>> 0;
    for (let dimension = 0; dimension < this.dimensions; dimension++) {
      let digits = this.shifts[dimension]!;
      const start = dimension * BITS;
      for (let rest = gray, bit = 0; rest !== 0; rest >>>= 1, bit++) {
        if ((rest & 1) === 1) digits ^= this.directions[start + bit]!;
      }
      out[dimension] = ((digits >>> 0) + this.offset) * UNIT;
    }
  }

  /** Multiplies each generator matrix by a random lower triangular one with ones on its diagonal, over GF(2). */
  private scramble(seed: number): void {
    for (let dimension = 0; dimension < this.dimensions; dimension++) {
      const random = new Random(seed, 'sobol-scramble', dimension);
      this.shifts[dimension] = random.uint32();
      const rows = new Uint32Array(BITS);
      for (let row = 0; row < BITS; row++) {
        // Row r mixes the digits 0 … r, which stand in the highest r + 1 bits.
        const diagonal = 2 ** (BITS - 1 - row);
        const before = row === 0 ? 0 : (0xffffffff << (BITS - row)) >>> 0;
        rows[row] = ((random.uint32() & before) | diagonal) >>> 0;
      }
      for (let bit = 0; bit < BITS; bit++) {
        const place = dimension * BITS + bit;
        this.directions[place] = multiply(rows, this.directions[place]!);
      }
    }
  }
}

/** The recurrence of the direction numbers, Eq. 3 of Joe and Kuo (2008), on numbers shifted to the highest bit. */
function fillDirections(
  directions: Uint32Array,
  degree: number,
  coefficients: number,
  initial: readonly number[],
): void {
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      directions[bit] = initial[bit]! * 2 ** (BITS - 1 - bit);
      continue;
    }
    let value = directions[bit - degree]! ^ (directions[bit - degree]! >>> degree);
    for (let k = 1; k < degree; k++) {
      if (((coefficients >>> (degree - 1 - k)) & 1) === 1) value ^= directions[bit - k]!;
    }
    directions[bit] = value;
  }
}

/** A binary matrix, a row a word, times a vector of digits. */
function multiply(rows: Uint32Array, digits: number): number {
  let product = 0;
  for (let row = 0; row < BITS; row++) {
    product = (product << 1) | parity(rows[row]! & digits);
  }
  return product >>> 0;
}

function parity(word: number): number {
  let folded = word ^ (word >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  folded ^= folded >>> 2;
  return (folded ^ (folded >>> 1)) & 1;
}
