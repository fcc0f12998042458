import { readFileSync } from 'node:fs'
import { lcg32 } from '../../../src/math/random/lcg32.ts'

/** What a golden file stores of a long row: some entries, and totals by exact summation. */
export interface Probe {
  readonly n: number
  readonly idx: readonly number[]
  readonly val: readonly number[]
  readonly sum: number
  readonly sumsq: number
  readonly max: number
  readonly min: number
  readonly nnz: number
}

interface Generator {
  readonly gen: 'lcg32'
  readonly seed: number
  readonly n: number
  readonly lo: number
  readonly hi: number
}

export interface GoldenCase {
  readonly id: string
  readonly params: Readonly<Record<string, unknown>>
  readonly x: readonly number[] | Generator
  readonly mask?: readonly boolean[]
  readonly y: readonly number[] | Probe
  readonly cotangent: readonly number[] | Generator
  readonly vjp: readonly number[] | Probe
  readonly jacobian?: readonly (readonly number[])[]
  readonly loss?: { readonly target: number; readonly value: number; readonly grad: readonly number[] | Probe }
  readonly tau?: number
  readonly support_size?: number
  readonly vjp_alpha?: number
}

export interface Golden<Case> {
  readonly variant: string
  readonly kind: 'vector' | 'struct'
  /** Struct files state one number for all arrays, vector files one for each quantity. */
  readonly tolerance: { readonly f64: number | Readonly<Record<string, number>> }
  readonly cases: readonly Case[]
}

const words: Readonly<Record<string, number>> = { Infinity, '-Infinity': -Infinity, NaN }

/** Reads a golden file of test/fixtures/normalizers; the words for infinities and NaN become numbers. */
export function readGolden<Case = GoldenCase>(file: string): Golden<Case> {
  const url = new URL(`../../fixtures/normalizers/${file}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8'), (_key, value: unknown) =>
    typeof value === 'string' && value in words ? words[value] : value,
  ) as Golden<Case>
}

/** The row itself, or the one that the generator stands for. */
export const rowOf = (row: readonly number[] | Generator): Float64Array =>
  'gen' in row ? lcg32(row.seed, row.n, row.lo, row.hi) : Float64Array.from(row)
