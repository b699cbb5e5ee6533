export const ACTIVATIONS = ['identity', 'logistic', 'tanh', 'relu'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** In place. */
export function activate(values: Float64Array, length: number, activation: Activation): void {
  if (activation === 'relu') {
    for (let i = 0; i < length; i++) if (values[i]! < 0) values[i] = 0;
  } else if (activation === 'tanh') {
    for (let i = 0; i < length; i++) values[i] = Math.tanh(values[i]!);
  } else if (activation === 'logistic') {
    for (let i = 0; i < length; i++) values[i] = 1 / (1 + Math.exp(-values[i]!));
  }
}

/** Multiplies errors by the derivative, which depends on what the activation gave. */
export function backActivate(errors: Float64Array, given: Float64Array, length: number, activation: Activation): void {
  if (activation === 'relu') {
    for (let i = 0; i < length; i++) if (given[i] === 0) errors[i] = 0;
  } else if (activation === 'tanh') {
    for (let i = 0; i < length; i++) errors[i]! *= 1 - given[i]! * given[i]!;
  } else if (activation === 'logistic') {
    for (let i = 0; i < length; i++) errors[i]! *= given[i]! * (1 - given[i]!);
  }
}
