// Top-k softmax by rows, f32: softmax over the k largest, 0 elsewhere; among equals the lower index is taken first.
// Floats are ordered as integers, and the k-th largest is built two bits at a time, counting what lies above three
// candidates in one read: at most 16 reads, fewer once exactly k lie above. A tie at the border takes the same search over
// indices, up to 12 reads. Then one read to add, one to write. Indices and counts are exact up to 2^24.
// Oracle: src/math/normalizers/topK.ts. Within 2e-6 absolute for |x| ≤ 1e4 (test/kernels/rows.browser.test.ts).
import { numberOf, type RowOp, type SearchCode } from './rowOp.ts'
import { sum, type RowText } from './rowText.ts'

const functions = `
    // Larger floats have larger keys; −0 and 0 are one value.
    fn keyOf(x: vec4f) -> vec4u {
      let bits = bitcast<vec4u>(select(x, vec4f(), x == vec4f()));
      return select(bits | vec4u(0x80000000u), ~bits, bits >= vec4u(0x80000000u));
    }
    fn indexOf(i: u32) -> vec4u { return vec4u(i * 4u) + vec4u(0u, 1u, 2u, 3u); }
    fn ones(which: vec4<bool>) -> f32 { return sum4(select(vec4f(), vec4f(1.0), which)); }
    fn both(a: vec4<bool>, b: vec4<bool>) -> vec4<bool> { return a & b; }
    fn either(a: vec4<bool>, b: vec4<bool>) -> vec4<bool> { return a | b; }`

/** Leaves `top`, `threshold` and `cut`: chosen are keys above the threshold, and equal ones with an index below cut. */
const choose = (row: RowText) => `
      var high = vec4f(DROPPED);
      var keptHere = 0.0;
      ${row.each(({ x }) => x.map((each) => `high = max(high, ${each}); keptHere += ones(kept(${each}));`).join(' '))}
      let top = rowMax(vec4f(max4(high))).x;
      let n = rowSum(vec4f(keptHere)).x;
      let k = uniforms.k;
      var threshold = 0u;
      var above = n;
      for (var digit = 0u; digit < 16u; digit++) {
        let unit = 1u << (30u - 2u * digit);
        var counts = vec4f();
        ${row.each(({ x }) =>
          x
            .map(
              (each, j) => `
          let key${j} = keyOf(${each});
          let in${j} = kept(${each});
          counts += vec4f(ones(both(in${j}, key${j} >= vec4u(threshold + unit))), ones(both(in${j}, key${j} >= vec4u(threshold + 2u * unit))),
            ones(both(in${j}, key${j} >= vec4u(threshold + 3u * unit))), 0.0);`,
            )
            .join(''),
        )}
        let found = rowSum(counts);
        if (found.z >= k) { threshold += 3u * unit; above = found.z; }
        else if (found.y >= k) { threshold += 2u * unit; above = found.y; }
        else if (found.x >= k) { threshold += unit; above = found.x; }
        ${row.until('above <= k')}
      }
      // Of the entries equal to the threshold, those up to the cut are chosen.
      var equals = 0.0;
      ${row.each(({ x }) => `equals += ${sum(x.map((each) => `ones(both(kept(${each}), keyOf(${each}) == vec4u(threshold)))`))};`)}
      let quota = k - (above - rowSum(vec4f(equals)).x);
      var cut = select(0u, 0xffffffffu, above <= k);
      var below = select(0.0, quota, above <= k);
      for (var digit = 0u; digit < 12u; digit++) {
        ${row.until('below >= quota')}
        let unit = 1u << (22u - 2u * digit);
        var counts = vec4f();
        ${row.each(({ x, i }) =>
          x
            .map(
              (each, j) => `
          let tied${j} = both(kept(${each}), keyOf(${each}) == vec4u(threshold));
          let at${j} = indexOf(${i[j]});
          counts += vec4f(ones(both(tied${j}, at${j} < vec4u(cut + unit))), ones(both(tied${j}, at${j} < vec4u(cut + 2u * unit))),
            ones(both(tied${j}, at${j} < vec4u(cut + 3u * unit))), 0.0);`,
            )
            .join(''),
        )}
        let found = rowSum(counts);
        if (below < quota) {
          if (found.z <= quota) { cut += 3u * unit; below = found.z; }
          else if (found.y <= quota) { cut += 2u * unit; below = found.y; }
          else if (found.x <= quota) { cut += unit; below = found.x; }
        }
      }`

const chosen = (x: string, i: string) =>
  `both(kept(${x}), either(keyOf(${x}) > vec4u(threshold), both(keyOf(${x}) == vec4u(threshold), indexOf(${i}) < vec4u(cut))))`
const weight = (x: string, i: string) => `select(vec4f(), exp(${x} - top), ${chosen(x, i)})`

const forward: SearchCode = {
  kind: 'search',
  functions,
  body: (row) => `
      ${choose(row)}
      var weights = vec4f();
      ${row.each(({ x, i }) => `weights += ${sum(x.map((each, j) => weight(each, i[j]!)))};`)}
      let share = select(0.0, 1.0 / rowSum(vec4f(sum4(weights))).x, n > 0.0);
      ${row.write((x, _, i) => `${weight(x, i)} * share`)}`,
}

const vjp: SearchCode = {
  kind: 'search',
  functions,
  body: (row) => `
      ${choose(row)}
      var weights = vec4f();
      var pulls = vec4f();
      ${row.each(({ x, c, i }) =>
        x.map((each, j) => `let w${j} = ${weight(each, i[j]!)}; weights += w${j}; pulls += w${j} * ${c[j]};`).join(' '),
      )}
      let sums = rowSum(vec4f(sum4(weights), sum4(pulls), 0.0, 0.0));
      let share = select(0.0, 1.0 / sums.x, n > 0.0);
      let mean = sums.y * share;
      ${row.write((x, c, i) => `${weight(x, i)} * share * (${c} - mean)`)}`,
}

export const topKOp: RowOp = {
  id: 'top-k',
  forward: (params) => ({ code: forward, uniforms: { k: numberOf(params, 'k') } }),
  vjp: (params) => ({ code: vjp, uniforms: { k: numberOf(params, 'k') } }),
}
