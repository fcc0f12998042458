import type { RowStats } from '../../math/rowStats.ts'
import type { PanelResult } from '../contract.ts'

/** Up to here a row is drawn entry by entry; above, in aggregate. */
export const maxDrawn = 1024
/** Above this, drawn entries go to a canvas, where a line below the base line marks exact zeros. */
export const maxMarks = 240

export interface TopEntry {
  readonly index: number
  readonly name: string
  readonly value: number
}

/** A long row in aggregate. */
export interface Overview {
  /** Ranks from 1 at which the sorted row was read, ascending; about evenly spread in their logarithm. */
  readonly ranks: Float64Array
  /** The value at each of those ranks, exactly. */
  readonly sorted: Float64Array
  readonly top: readonly TopEntry[]
  readonly histogram: Histogram
}

export interface Histogram {
  /** `log10`: edges are decimal exponents of values above 0. */
  readonly scale: 'linear' | 'log10'
  /** Edges of the bins, length bins + 1. */
  readonly edges: Float64Array
  readonly counts: Float64Array
  /** Entries that no bin holds: exactly 0 and below 0, on a log scale. */
  readonly zeros: number
  readonly negatives: number
}

/** The kernel's row against float64 of the same row rounded to float32. */
export type GpuComparison =
  | {
      readonly state: 'ran'
      readonly device: string
      /** Of one run, the way to the device and back included: the median of those after the first, which compiles. */
      readonly milliseconds: number
      /** Of the kernels alone, likewise; null where the device cannot tell. */
      readonly kernelMilliseconds: number | null
      /** Largest |kernel − float64|. */
      readonly absolute: number
      /** Largest |kernel − float64| in units of the last place of float32 at the float64 value. */
      readonly ulp: number
      /** Where `ulp` is. */
      readonly worst: number
      /** The kernel's weights, shape [n]; null for a row drawn in aggregate. */
      readonly weights: Float64Array | null
    }
  /** There is no GPU to run it on: none, or lost, or blocked. */
  | { readonly state: 'absent'; readonly reason: string }
  /** The GPU is there, and does not run this variant of this row. */
  | { readonly state: 'refused'; readonly reason: string }

export interface VariantResult {
  readonly id: string
  readonly normalizer: string
  /** The registry's label, with the parameters that tell it from its namesakes. */
  readonly label: string
  /** Shape [n]; null for a row drawn in aggregate. */
  readonly weights: Float64Array | null
  readonly stats: RowStats
  /** Weights minus the reference's; null without a reference, and for a row drawn in aggregate. */
  readonly difference: Float64Array | null
  readonly overview: Overview | null
  readonly gpu: GpuComparison | null
}

export interface ActivationsResult extends PanelResult {
  readonly n: number
  /** Name of every entry that is drawn by itself, its index where it has none; empty for a row drawn in aggregate. */
  readonly names: readonly string[]
  /** After scale and shift, shape [n]; null for a row drawn in aggregate. */
  readonly logits: Float64Array | null
  readonly logitsOverview: Overview | null
  readonly variants: readonly VariantResult[]
  readonly reference: string | null
  /** Lowest and highest weight, of all variants: the scale they share. */
  readonly extent: readonly [low: number, high: number]
  readonly gpuState: 'off' | 'running' | 'done'
}
