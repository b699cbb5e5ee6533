/** Balancing a pole on a cart: the equations of Barto, Sutton and Anderson (1983), as in the well-known benchmark. */
const GRAVITY = 9.8;
const CART = 1;
const POLE = 0.1;
const HALF_LENGTH = 0.5;
const FORCE = 10;
const SECONDS = 0.02;
const MOST_STEPS = 500;

/** Steps until the pole falls or the cart leaves the track, under a linear policy. */
function episode(weights, random) {
  let [x, speed, angle, turn] = Array.from({ length: 4 }, () => 0.1 * random() - 0.05);
  for (let step = 1; step <= MOST_STEPS; step++) {
    const push = weights[0] * x + weights[1] * speed + weights[2] * angle + weights[3] * turn > 0 ? FORCE : -FORCE;
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
    const pull = (push + POLE * HALF_LENGTH * turn ** 2 * sine) / (CART + POLE);
    const turning = (GRAVITY * sine - cosine * pull) / (HALF_LENGTH * (4 / 3 - (POLE * cosine ** 2) / (CART + POLE)));
    const moving = pull - (POLE * HALF_LENGTH * turning * cosine) / (CART + POLE);
    x += SECONDS * speed;
    speed += SECONDS * moving;
    angle += SECONDS * turn;
    turn += SECONDS * turning;
    if (Math.abs(x) > 2.4 || Math.abs(angle) > 0.2095) return step;
  }
  return MOST_STEPS;
}

/** An evolution strategy with mirrored samples and ranks (Salimans et al., 2017). */
export function evaluate({ population, sigma, learning_rate, generations }, context) {
  const random = randomFrom(context.seed);
  const weights = [0, 0, 0, 0];
  let total = 0;
  for (let generation = 1; generation <= generations; generation++) {
    const samples = [];
    for (let pair = 0; pair < population; pair++) {
      const noise = weights.map(() => normal(random));
      for (const sign of [1, -1]) {
        const tried = weights.map((weight, i) => weight + sign * sigma * noise[i]);
        samples.push({ noise, sign, steps: episode(tried, random) });
      }
    }
    samples.sort((a, b) => a.steps - b.steps);
    for (const [rank, { noise, sign }] of samples.entries()) {
      const worth = rank / (samples.length - 1) - 0.5;
      for (let i = 0; i < weights.length; i++) weights[i] += (learning_rate * worth * sign * noise[i]) / population;
    }
    total += samples.reduce((sum, { steps }) => sum + steps, 0) / samples.length;
    context.report(generation, total / generation);
  }
  return total / generations;
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
