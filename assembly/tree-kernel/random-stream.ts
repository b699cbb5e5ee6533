/** sfc32, as in src/random.ts; its state is four words. */
export function uint32(state: usize): u32 {
  const b = load<u32>(state, 4);
  const c = load<u32>(state, 8);
  const d = load<u32>(state, 12);
  const t = load<u32>(state) + b + d;
  store<u32>(state, b ^ (b >>> 9));
  store<u32>(state, c + (c << 3), 4);
  store<u32>(state, rotl<u32>(c, 21) + t, 8);
  store<u32>(state, d + 1, 12);
  return t;
}

/** Uniform over [0, 1), 53 bits. */
export function uniform(state: usize): f64 {
  const high = uint32(state) >>> 5;
  const low = uint32(state) >>> 6;
  return (<f64>high * 67108864 + <f64>low) / 9007199254740992;
}
