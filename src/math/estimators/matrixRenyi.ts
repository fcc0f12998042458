import { singularValues } from '../linalg/singularValues.ts'

/**
 * Matrix-based Rényi entropy of a Gram matrix K, shape [n, n], positive semi-definite:
 *   S_α = 1/(1 − α) ln Σ λ_i^α,  λ the eigenvalues of K / tr K;  α = 1 is −Σ λ ln λ
 * Eigenvalues below n ε of the largest count as 0, ε = 2⁻⁵². α = 2 needs none: −ln ‖K / tr K‖²_F.
 * Nats. O(n²) for α = 2, else O(n³).
 * Source: Sánchez Giraldo, Rao & Príncipe 2015, arXiv:1211.2459.
 */
export function matrixRenyiEntropy(K: Float64Array, n: number, alpha: number): number {
  let trace = 0
  for (let i = 0; i < n; i++) trace += K[i * n + i]!
  if (alpha === 2) {
    let squares = 0
    for (const value of K) squares += (value / trace) ** 2
    return -Math.log(squares)
  }
  // Positive semi-definite: singular values are eigenvalues.
  const eigenvalues = singularValues({ rows: n, cols: n, values: K.map((value) => value / trace) })
  // Below it nothing but round-off is left of an eigenvalue, and a low power of round-off is no small number.
  const least = n * Number.EPSILON * eigenvalues[0]!
  const positive = eigenvalues.filter((value) => value > least)
  if (alpha === 1) return -positive.reduce((sum, value) => sum + value * Math.log(value), 0)
  // Near order 1 both ln Σ λ^α and 1 − α vanish: with Σ λ = 1, Σ λ^α − 1 = Σ λ (λ^(α−1) − 1), which keeps its digits.
  if (Math.abs(alpha - 1) < 0.1)
    return (
      Math.log1p(positive.reduce((sum, value) => sum + value * Math.expm1((alpha - 1) * Math.log(value)), 0)) /
      (1 - alpha)
    )
  // In units of the largest, whose power does not underflow.
  const largest = positive[0]!
  const sum = positive.reduce((total, value) => total + (value / largest) ** alpha, 0)
  return (alpha * Math.log(largest) + Math.log(sum)) / (1 - alpha)
}

/** Entropies of A, of B and of both (the Gram of A ∘ B), and I = S_A + S_B − S_AB. Nats. */
export function matrixRenyiReading(A: Float64Array, B: Float64Array, n: number, alpha: number) {
  const S_A = matrixRenyiEntropy(A, n, alpha)
  const S_B = matrixRenyiEntropy(B, n, alpha)
  const S_AB = matrixRenyiEntropy(
    A.map((value, i) => value * B[i]!),
    n,
    alpha,
  )
  return { nats: { S_A, S_B, S_AB, I: S_A + S_B - S_AB } }
}
