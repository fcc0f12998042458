import { counted } from '../counted.ts'
import { DomainError, ShapeError } from '../errors.ts'
import type { ParamSpecs, ParamValues, ValuesOf } from './params.ts'

/** Decides hue: LOOK.md's families. `unspent` maps may leave part of the budget of 1 unspent. */
export type Family = 'exponential' | 'sparse' | 'rectified' | 'unspent' | 'polynomial' | 'sampled'

/**
 * A promise about a map y(x), for every admissible parameter value it is stated for; the contract test holds it.
 * `sums-to-one`: Σy = 1. `sums-to-at-most-one`: 0 ≤ Σy ≤ 1. `nonnegative`: y ≥ 0.
 * `shift-invariant`: y(x + t·1) = y(x), hence Σ vjp = 0. `scale-invariant`: y(s·x) = y(x) for s > 0.
 * `keeps-order`: xᵢ ≥ xⱼ ⇒ yᵢ ≥ yⱼ. `exact-zeros`: some finite rows have entries that are exactly 0.
 * `permutes`: permuting the logits permutes the weights. `symmetric-jacobian`: ⟨a, J b⟩ = ⟨b, J a⟩.
 */
export type Law =
  | 'sums-to-one'
  | 'sums-to-at-most-one'
  | 'nonnegative'
  | 'shift-invariant'
  | 'scale-invariant'
  | 'keeps-order'
  | 'exact-zeros'
  | 'permutes'
  | 'symmetric-jacobian'

export interface Source {
  /** Authors and year, as a text cites it: `Martins & Astudillo 2016`. */
  readonly cite: string
  readonly title: string
  /** Where to read it: `arXiv:1602.02068`. */
  readonly where: string
}

export interface Loss {
  readonly value: number
  /** ∂loss/∂x, shape [n]; 0 at dropped entries. */
  readonly grad: Float64Array
}

type Mask = ArrayLike<boolean | number>

/** What a variant's own file writes: functions of kept, finite logits only, n ≥ 1. The edges are the contract's. */
export interface NormalizerEntry<S extends ParamSpecs> {
  /** Saved in links: never renamed, never reused. */
  readonly id: string
  readonly label: string
  readonly family: Family
  /** One plain sentence: what sets it apart. */
  readonly summary: string
  readonly params: S
  /** TeX, y as a function of x and the parameters' symbols. */
  readonly formula: string
  readonly sources: readonly [Source, ...Source[]]
  /** Laws that hold at these parameter values. */
  readonly laws: (params: ValuesOf<S>) => readonly Law[]
  readonly forward: (x: ArrayLike<number>, params: ValuesOf<S>) => Float64Array
  /** Jᵀc, closed form. */
  readonly vjp: (x: ArrayLike<number>, cotangent: ArrayLike<number>, params: ValuesOf<S>) => Float64Array
  /** ⟨c, ∂y/∂parameter⟩ for the parameters that have a closed form. */
  readonly paramVjp?: {
    readonly [K in keyof S]?: (x: ArrayLike<number>, cotangent: ArrayLike<number>, params: ValuesOf<S>) => number
  }
  /** The loss that belongs to the map, at a one-hot target. */
  readonly loss?: {
    readonly label: string
    readonly evaluate: (x: ArrayLike<number>, target: number, params: ValuesOf<S>) => Loss
  }
}

/**
 * A variant as everyone else sees it. All functions take raw logits of any kind and obey the edge rules:
 * an entry that is −∞ or masked out (mask false or 0) is dropped: weight 0, gradient 0, and it does not count in n;
 * a row with nothing kept is all zeros; a NaN or a +∞ makes the whole row NaN; n = 0 gives an empty row.
 */
export interface Normalizer {
  readonly id: string
  readonly label: string
  readonly family: Family
  readonly summary: string
  readonly params: ParamSpecs
  readonly formula: string
  readonly sources: readonly [Source, ...Source[]]
  readonly laws: (params: ParamValues) => readonly Law[]
  /** y, shape [n]. @throws ShapeError if the mask's length differs. */
  readonly forward: (x: ArrayLike<number>, params: ParamValues, mask?: Mask) => Float64Array
  /** Jᵀc, shape [n]. @throws ShapeError if a length differs. */
  readonly vjp: (x: ArrayLike<number>, cotangent: ArrayLike<number>, params: ParamValues, mask?: Mask) => Float64Array
  /** ⟨c, ∂y/∂parameter⟩ by parameter name; only parameters with a closed form. */
  readonly paramVjp: (
    x: ArrayLike<number>,
    cotangent: ArrayLike<number>,
    params: ParamValues,
    mask?: Mask,
  ) => Readonly<Record<string, number>>
  readonly loss: {
    readonly label: string
    /** @throws DomainError if the target is not a kept entry. */
    readonly evaluate: (x: ArrayLike<number>, target: number, params: ParamValues, mask?: Mask) => Loss
  } | null
}

/** Wraps an entry's core with the edge rules of {@link Normalizer}, once for all variants. */
export function defineNormalizer<const S extends ParamSpecs>(entry: NormalizerEntry<S>): Normalizer {
  const { id, forward, vjp, loss } = entry
  const paramVjp: NonNullable<NormalizerEntry<S>['paramVjp']> = entry.paramVjp ?? {}
  // resolveParams has checked the values against the specs that ValuesOf reads.
  const typed = (params: ParamValues) => params as ValuesOf<S>
  return {
    ...entry,
    laws: (params) => entry.laws(typed(params)),
    forward: (x, params, mask) => onKept(id, x, mask, (kept) => forward(kept, typed(params))),
    vjp(x, cotangent, params, mask) {
      sameLength(id, 'cotangent', cotangent, x)
      return onKept(id, x, mask, (kept, pick) => vjp(kept, pick(cotangent), typed(params)))
    },
    paramVjp(x, cotangent, params, mask) {
      sameLength(id, 'cotangent', cotangent, x)
      const names = Object.keys(paramVjp)
      const out: Record<string, number> = {}
      const row = onKept(id, x, mask, (kept, pick) => {
        for (const name of names) out[name] = paramVjp[name]!(kept, pick(cotangent), typed(params))
        return new Float64Array(kept.length)
      })
      // Nothing kept: y is the constant 0, so no parameter moves it. A poisoned row has no derivative.
      const untouched = row.some(Number.isNaN) ? NaN : 0
      for (const name of names) out[name] ??= untouched
      return out
    },
    loss: loss
      ? {
          label: loss.label,
          evaluate(x, target, params, mask) {
            if (!Number.isInteger(target) || target < 0 || target >= x.length)
              throw new DomainError(`${id}: target is ${target}; it must be an index from 0 to ${x.length - 1}`)
            if (mask && !mask[target])
              throw new DomainError(`${id}: target ${target} is masked out; choose a kept entry`)
            if (x[target] === -Infinity)
              throw new DomainError(`${id}: logit ${target}, the target, is −Infinity; the loss is infinite`)
            let value = NaN
            const grad = onKept(id, x, mask, (kept, _pick, indices) => {
              const at = indices === null ? target : indices.indexOf(target)
              const result = loss.evaluate(kept, at, typed(params))
              value = result.value
              return result.grad
            })
            return { value, grad }
          },
        }
      : null,
  }
}

type Pick = (row: ArrayLike<number>) => ArrayLike<number>

/** Applies `core` to the kept entries and scatters its result; `indices` is null when nothing was dropped. */
function onKept(
  id: string,
  x: ArrayLike<number>,
  mask: Mask | undefined,
  core: (kept: ArrayLike<number>, pick: Pick, indices: readonly number[] | null) => Float64Array,
): Float64Array {
  const n = x.length
  if (mask) sameLength(id, 'mask', mask, x)
  let kept = 0
  let poisoned = false
  for (let i = 0; i < n; i++) {
    if (mask && !mask[i]) continue
    const value = x[i]!
    if (value !== value || value === Infinity) poisoned = true
    else if (value !== -Infinity) kept++
  }
  if (poisoned) return new Float64Array(n).fill(NaN)
  if (kept === 0) return new Float64Array(n)
  if (kept === n) return core(x, (row) => row, null)
  const indices: number[] = []
  for (let i = 0; i < n; i++) if ((!mask || mask[i]) && x[i] !== -Infinity) indices.push(i)
  const pick: Pick = (row) => Float64Array.from(indices, (i) => row[i]!)
  const part = core(pick(x), pick, indices)
  const out = new Float64Array(n)
  for (let k = 0; k < kept; k++) out[indices[k]!] = part[k]!
  return out
}

function sameLength(id: string, name: string, row: ArrayLike<unknown>, x: ArrayLike<number>): void {
  if (row.length !== x.length)
    throw new ShapeError(
      `${id}: ${name} has ${counted(row.length, 'entry', 'entries')}; it must have ${x.length}, one for each logit`,
    )
}
