// Matrix product, f32. c[m, n] (+)= scale · a[m, k] b[k, n]; a by any strides, b and c by rows.
// Tiles of 4 rows by 8 columns stay in eight registers; k goes in blocks, so that a strip of b stays in the first cache.
// Oracle: the float64 loops of src/models/transformer/float64 (test/kernels/wasm/matrix.test.ts).

/** Depth of a block: 8 columns of it are 8 KiB. */
const depth: i32 = 256

/**
 * @param rowStep     entries from a row of a to the next
 * @param columnStep  entries from a column of a to the next: 1 for a itself, the row's length for its transpose
 */
export function multiply(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  rowStep: i32,
  columnStep: i32,
  b: usize,
  bStep: i32,
  c: usize,
  cStep: i32,
  scale: f32,
  accumulate: bool,
): void {
  for (let from = 0; from < k; from += depth) {
    const size = min(depth, k - from)
    const aBlock = a + ((<usize>(from * columnStep)) << 2)
    const bBlock = b + ((<usize>(from * bStep)) << 2)
    const add = accumulate || from > 0
    let row = 0
    for (; row + 4 <= m; row += 4) {
      const aRow = aBlock + ((<usize>(row * rowStep)) << 2)
      const cRow = c + ((<usize>(row * cStep)) << 2)
      let column = 0
      for (; column + 8 <= n; column += 8) {
        const at = (<usize>column) << 2
        tile4x8(size, aRow, rowStep, columnStep, bBlock + at, bStep, cRow + at, cStep, scale, add)
      }
      for (; column + 4 <= n; column += 4)
        for (let r = 0; r < 4; r++) {
          const at = (<usize>column) << 2
          tile1x4(
            size,
            aRow + ((<usize>(r * rowStep)) << 2),
            columnStep,
            bBlock + at,
            bStep,
            cRow + ((<usize>(r * cStep)) << 2) + at,
            scale,
            add,
          )
        }
      for (; column < n; column++)
        for (let r = 0; r < 4; r++) {
          const at = (<usize>column) << 2
          entry(
            size,
            aRow + ((<usize>(r * rowStep)) << 2),
            columnStep,
            bBlock + at,
            bStep,
            cRow + ((<usize>(r * cStep)) << 2) + at,
            scale,
            add,
          )
        }
    }
    for (; row < m; row++) {
      const aRow = aBlock + ((<usize>(row * rowStep)) << 2)
      const cRow = c + ((<usize>(row * cStep)) << 2)
      let column = 0
      for (; column + 4 <= n; column += 4) {
        const at = (<usize>column) << 2
        tile1x4(size, aRow, columnStep, bBlock + at, bStep, cRow + at, scale, add)
      }
      for (; column < n; column++) {
        const at = (<usize>column) << 2
        entry(size, aRow, columnStep, bBlock + at, bStep, cRow + at, scale, add)
      }
    }
  }
}

function tile4x8(
  k: i32,
  a: usize,
  rowStep: i32,
  columnStep: i32,
  b: usize,
  bStep: i32,
  c: usize,
  cStep: i32,
  scale: f32,
  add: bool,
): void {
  let s00 = f32x4.splat(0)
  let s01 = f32x4.splat(0)
  let s10 = f32x4.splat(0)
  let s11 = f32x4.splat(0)
  let s20 = f32x4.splat(0)
  let s21 = f32x4.splat(0)
  let s30 = f32x4.splat(0)
  let s31 = f32x4.splat(0)
  const aNext = (<usize>columnStep) << 2
  const bNext = (<usize>bStep) << 2
  let a0 = a
  let a1 = a0 + ((<usize>rowStep) << 2)
  let a2 = a1 + ((<usize>rowStep) << 2)
  let a3 = a2 + ((<usize>rowStep) << 2)
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    let x = v128.load32_splat(a0)
    s00 = f32x4.add(s00, f32x4.mul(x, b0))
    s01 = f32x4.add(s01, f32x4.mul(x, b1))
    x = v128.load32_splat(a1)
    s10 = f32x4.add(s10, f32x4.mul(x, b0))
    s11 = f32x4.add(s11, f32x4.mul(x, b1))
    x = v128.load32_splat(a2)
    s20 = f32x4.add(s20, f32x4.mul(x, b0))
    s21 = f32x4.add(s21, f32x4.mul(x, b1))
    x = v128.load32_splat(a3)
    s30 = f32x4.add(s30, f32x4.mul(x, b0))
    s31 = f32x4.add(s31, f32x4.mul(x, b1))
    a0 += aNext
    a1 += aNext
    a2 += aNext
    a3 += aNext
    b += bNext
  }
  const cNext = (<usize>cStep) << 2
  put(c, s00, scale, add)
  put(c + 16, s01, scale, add)
  c += cNext
  put(c, s10, scale, add)
  put(c + 16, s11, scale, add)
  c += cNext
  put(c, s20, scale, add)
  put(c + 16, s21, scale, add)
  c += cNext
  put(c, s30, scale, add)
  put(c + 16, s31, scale, add)
}

function put(c: usize, sum: v128, scale: f32, add: bool): void {
  const scaled = f32x4.mul(sum, f32x4.splat(scale))
  v128.store(c, add ? f32x4.add(v128.load(c), scaled) : scaled)
}

function tile1x4(k: i32, a: usize, columnStep: i32, b: usize, bStep: i32, c: usize, scale: f32, add: bool): void {
  let sum = f32x4.splat(0)
  for (let p = 0; p < k; p++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.load(b)))
    a += (<usize>columnStep) << 2
    b += (<usize>bStep) << 2
  }
  put(c, sum, scale, add)
}

function entry(k: i32, a: usize, columnStep: i32, b: usize, bStep: i32, c: usize, scale: f32, add: bool): void {
  let sum: f32 = 0
  for (let p = 0; p < k; p++) {
    sum += load<f32>(a) * load<f32>(b)
    a += (<usize>columnStep) << 2
    b += (<usize>bStep) << 2
  }
  store<f32>(c, (add ? load<f32>(c) : <f32>0) + scale * sum)
}

/** to[columns, rows] = from[rows, columns]ᵀ; rows of `step` and of `toStep` entries. */
export function transpose(rows: i32, columns: i32, from: usize, step: i32, to: usize, toStep: i32): void {
  for (let r = 0; r < rows; r++) {
    const row = from + ((<usize>(r * step)) << 2)
    for (let c = 0; c < columns; c++)
      store<f32>(to + ((<usize>(c * toStep + r)) << 2), load<f32>(row + ((<usize>c) << 2)))
  }
}
