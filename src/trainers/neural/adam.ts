const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

/** Kingma and Ba, "Adam: a method for stochastic optimization" (ICLR 2015), with the usual constants. */
export class Adam {
  private readonly parameters: readonly Float64Array[];
  private readonly firstMoments: readonly Float64Array[];
  private readonly secondMoments: readonly Float64Array[];
  private readonly rate: number;
  private steps = 0;

  /** @param parameters changed in place. */
  constructor(parameters: readonly Float64Array[], rate: number) {
    this.parameters = parameters;
    this.firstMoments = parameters.map((values) => new Float64Array(values.length));
    this.secondMoments = parameters.map((values) => new Float64Array(values.length));
    this.rate = rate;
  }

  /** @param gradients in the order of the parameters. */
  step(gradients: readonly Float64Array[]): void {
    this.steps++;
    const rate = (this.rate * Math.sqrt(1 - SECOND_DECAY ** this.steps)) / (1 - FIRST_DECAY ** this.steps);
    for (let p = 0; p < this.parameters.length; p++) {
      const values = this.parameters[p]!;
      const gradient = gradients[p]!;
      const first = this.firstMoments[p]!;
      const second = this.secondMoments[p]!;
      for (let i = 0; i < values.length; i++) {
        const g = gradient[i]!;
        const m = FIRST_DECAY * first[i]! + (1 - FIRST_DECAY) * g;
        const v = SECOND_DECAY * second[i]! + (1 - SECOND_DECAY) * g * g;
        first[i] = m;
        second[i] = v;
        values[i]! -= (rate * m) / (Math.sqrt(v) + EPSILON);
      }
    }
  }
}
