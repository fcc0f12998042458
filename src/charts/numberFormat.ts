/** U+2212: as wide as a plus sign, so that columns of numbers line up. */
const minus = '−'

const typographic = (text: string) => text.replace(/^-/, minus).replace('e-', `e${minus}`).replace('e+', 'e')

/** Up to `digits` significant digits, without trailing zeros: `2.1`, `−0.4`, `4096`, `50,257`, `1.5e−6`. */
export function shortNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${minus}∞`
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e7))
    return typographic(value.toExponential(digits - 1).replace(/\.?0+e/, 'e'))
  const rounded = size >= 10 ** digits ? Math.round(value) : Number(value.toPrecision(digits))
  return typographic(size >= 1e4 ? rounded.toLocaleString('en-US') : String(rounded))
}

/** A logit as a bar's label shows it: at most two decimals. */
export const logitLabel = (value: number): string =>
  Math.abs(value) >= 1e4 ? shortNumber(value) : typographic(String(Math.round(value * 100) / 100 || 0))

/** A weight in two decimals without the leading zero: `.46`, `1`, `−.28`; empty where that would read as zero. */
export function weightLabel(value: number): string {
  const size = Math.abs(value)
  if (!Number.isFinite(value) || size < 0.005) return ''
  if (size >= 9.995) return shortNumber(value)
  const text = size.toFixed(2)
  return (value < 0 ? minus : '') + (text === '1.00' ? '1' : text.replace(/^0/, ''))
}

/** A difference with its sign: `+.29`, `−.13`; empty where it rounds to zero. */
export function differenceLabel(value: number): string {
  const text = weightLabel(value)
  return value > 0 && text !== '' ? `+${text}` : text
}

/** A share in words that a screen reader reads well: `46.2 %`, `1.5 %`, `0`. */
export function percent(value: number): string {
  if (value === 0) return '0'
  return `${shortNumber(value * 100, Math.abs(value) >= 0.1 ? 3 : 2)} %`
}

/** For `aria-valuenow`, which may not be written with an exponent: six decimals; `aria-valuetext` says the number itself. */
export const ariaNumber = (value: number): number => Number(value.toFixed(6))
