import { isFields } from './fields.ts'

/** A step into a list by the `id` of its element, or by its index; into a mapping by key. */
export type Found = { readonly value: unknown } | { readonly missing: string }

/** Panel id and the steps behind it: `bars.variants.entmax.params.alpha`. */
export function parseReference(text: string): { readonly panel: string; readonly steps: readonly string[] } {
  const [panel = '', ...steps] = text.trim().split('.')
  return { panel, steps }
}

/**
 * The value at the end of the steps, or what is missing, where, and what exists.
 * @param root  what the value is called in words: `#bars`
 */
export function valueAt(value: unknown, steps: readonly string[], root: string): Found {
  let at = value
  for (const [i, step] of steps.entries()) {
    const key = keyOf(at, step)
    if (key === null) return { missing: missingText(at, step, [root, ...steps.slice(0, i)].join('.')) }
    at = (at as Record<string, unknown>)[key]
  }
  return { value: at }
}

/** A copy of `value` with another value at the end of the steps; all else is shared with the original. */
export function withValueAt(value: unknown, steps: readonly string[], put: unknown, root: string): Found {
  const [step, ...rest] = steps
  if (step === undefined) return { value: put }
  const key = keyOf(value, step)
  if (key === null) return { missing: missingText(value, step, root) }
  const inner = withValueAt((value as Record<string, unknown>)[key], rest, put, `${root}.${step}`)
  if ('missing' in inner) return inner
  if (Array.isArray(value)) return { value: value.with(Number(key), inner.value) }
  return { value: { ...(value as object), [key]: inner.value } }
}

function keyOf(value: unknown, step: string): string | null {
  if (Array.isArray(value)) {
    const index = /^\d+$/.test(step) ? Number(step) : value.findIndex((each) => isFields(each) && each['id'] === step)
    return index >= 0 && index < value.length ? String(index) : null
  }
  return isFields(value) && Object.hasOwn(value, step) ? step : null
}

function missingText(value: unknown, step: string, where: string): string {
  if (Array.isArray(value)) {
    const ids = value.flatMap((each) => (isFields(each) && typeof each['id'] === 'string' ? [each['id']] : []))
    const has = ids.length > 0 ? `it has ${ids.join(', ')}` : `it has ${value.length} entries, from 0`
    return `${where} has no “${step}”; ${has}.`
  }
  if (!isFields(value)) return `${where} has no “${step}”: it is ${value === null ? 'empty' : JSON.stringify(value)}.`
  const keys = Object.keys(value)
  return `${where} has no “${step}”; ${keys.length === 0 ? 'it is empty' : `it has ${keys.join(', ')}`}.`
}
