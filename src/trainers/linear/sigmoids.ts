/** Below it exp(x) is near the least normal number, and counts as that. */
const LEAST = -708;
/** Added to a number and taken off again, it rounds it to a whole one: 1.5 x 2^52. */
const SHIFT = 6755399441055744;
/** The logarithm of 2 in two parts, the first short enough that its products with k are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** The logistic function of many numbers, by operations that vector instructions have too. */
export class Sigmoids {
  /** 2^-k. */
  private readonly powers = new Float64Array(1023);

  constructor() {
    for (let k = 0, power = 1; k < this.powers.length; k++, power /= 2) this.powers[k] = power;
  }

  /**
   * exp(x) = 2^k exp(r), r = x - k log 2, |r| <= log 2 / 2, by the series to r^13: within two units in the last place.
   * @param exponentials set to exp(-|number|). @param sigmoids set to 1 / (1 + exp(-number)).
   */
  fill(numbers: Float64Array, count: number, exponentials: Float64Array, sigmoids: Float64Array): void {
    const { powers } = this;
    for (let i = 0; i < count; i++) {
      const number = numbers[i]!;
      const negative = -Math.abs(number);
      // biome-ignore lint/complexity/useMathMinMax: what is no number counts as the least, too
      const x = negative > LEAST ? negative : LEAST;
      const k = x * Math.LOG2E + SHIFT - SHIFT;
      const r = x - k * LN2_HIGH - k * LN2_LOW;
      let sum = 1 / 6227020800;
      sum = sum * r + 1 / 479001600;
      sum = sum * r + 1 / 39916800;
      sum = sum * r + 1 / 3628800;
      sum = sum * r + 1 / 362880;
      sum = sum * r + 1 / 40320;
      sum = sum * r + 1 / 5040;
      sum = sum * r + 1 / 720;
      sum = sum * r + 1 / 120;
      sum = sum * r + 1 / 24;
      sum = sum * r + 1 / 6;
      sum = sum * r + 0.5;
      sum = sum * r + 1;
      sum = sum * r + 1;
      const small = sum * powers[-k]!;
      exponentials[i] = small;
      sigmoids[i] = (number >= 0 ? 1 : small) / (1 + small);
    }
  }
}
