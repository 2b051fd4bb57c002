// The inner loop of vector search, compiled by AssemblyScript (`npm run kernel`) and shipped as base64.
// Vectors are padded with zeros to a multiple of 32 dimensions, so there is no remainder loop.

/**
 * Scores `count` packed int8 vectors against a query of int16 numbers. For every row whose score reaches
 * `threshold` the pair (row: i32, score: f32) is written to `found`; the number of pairs is returned.
 *
 * The query stays int16 because the multiply-add works on int16 anyway: widening it once and not once per row
 * saves a tenth of the time, and the query's own rounding error disappears. Handing back only rows that
 * reach it keeps the caller's heap out of the hot path.
 */
export function scanInt8(
  query: usize,
  vectors: usize,
  factors: usize,
  count: i32,
  dimensions: i32,
  threshold: f32,
  found: usize,
): i32 {
  let out = found;
  for (let row = 0; row < count; row++) {
    let even = i32x4.splat(0);
    let odd = i32x4.splat(0);
    const end = vectors + dimensions;
    let at = query;
    while (vectors < end) {
      even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load8x8_s(vectors), v128.load(at)));
      odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load8x8_s(vectors, 8), v128.load(at, 16)));
      even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load8x8_s(vectors, 16), v128.load(at, 32)));
      odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load8x8_s(vectors, 24), v128.load(at, 48)));
      vectors += 32;
      at += 64;
    }
    const lanes = i32x4.add(even, odd);
    const sum =
      i32x4.extract_lane(lanes, 0) +
      i32x4.extract_lane(lanes, 1) +
      i32x4.extract_lane(lanes, 2) +
      i32x4.extract_lane(lanes, 3);
    const score = <f32>sum * load<f32>(factors + (<usize>row << 2));
    if (score >= threshold) {
      store<i32>(out, row);
      store<f32>(out, score, 4);
      out += 8;
    }
  }
  return <i32>((out - found) >> 3);
}
