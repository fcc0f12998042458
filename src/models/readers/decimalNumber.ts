const zero = 48
const dot = 46
const comma = 44
const plus = 43
const minus = 45
const exponentBit = 0x20
const letterE = 101

const decoder = new TextDecoder()
const words: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, infinity: Infinity, '∞': Infinity }

/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

/**
 * The number spelled by bytes[start, end), or undefined if they spell none. Correctly rounded.
 * Takes a sign (also U+2212), `1.`, `.5`, exponents, and nan, inf, infinity, ∞ in any case.
 * @param decimalComma  a comma is the decimal mark, and a dot is not
 * Makes no string for numbers of at most 22 digits and a moderate exponent. Up to 15 digits, mantissa and power of ten
 * are exact doubles, and one multiplication or division rounds once (Clinger 1990, "How to read floating point numbers
 * accurately").
 */
export function decimalNumber(bytes: Uint8Array, start: number, end: number, decimalComma = false): number | undefined {
  const sign = bytes[start]
  let at = sign === minus || sign === plus ? start + 1 : start
  // The first 15 significant digits, those after them, and how many there are.
  let [leading, trailing, significant] = [0, 0, 0]
  let [hasDigit, hasMark, scale] = [false, false, 0]
  for (; at < end; at++) {
    const byte = bytes[at]!
    const digit = byte - zero
    if (digit >= 0 && digit <= 9) {
      hasDigit = true
      if (significant < 15) leading = leading * 10 + digit
      else trailing = trailing * 10 + digit
      if (leading > 0) significant += 1
      if (hasMark) scale -= 1
    } else if (byte === (decimalComma ? comma : dot) && !hasMark) hasMark = true
    else break
  }
  if (hasDigit && at < end && (bytes[at]! | exponentBit) === letterE) {
    const exponent = readExponent(bytes, at + 1, end)
    if (exponent === undefined) return undefined
    scale += exponent
    at = end
  }
  if (!hasDigit || at < end) return numberWord(bytes, start, end, decimalComma)
  const isModerate = significant <= 22 && scale >= -22 && scale <= 22
  const magnitude = isModerate ? scaledMantissa(leading, trailing, Math.max(significant - 15, 0), scale) : NaN
  if (Number.isNaN(magnitude)) return longNumber(bytes, start, end, decimalComma)
  return sign === minus ? -magnitude : magnitude
}

/**
 * (leading · 10^shift + trailing) · 10^scale, correctly rounded; NaN where the sum lies too near the middle between two
 * doubles for pairs of doubles to tell.
 * @param leading  < 10^15  @param trailing  < 10^shift, shift ≤ 7  @param scale  −22 to 22
 */
function scaledMantissa(leading: number, trailing: number, shift: number, scale: number): number {
  const power = exactPowers[Math.abs(scale)]!
  if (shift === 0) return scale < 0 ? leading / power : leading * power
  const whole = leading * exactPowers[shift]!
  const rest = productError(leading, exactPowers[shift]!, whole) + trailing
  const high = whole + rest
  const low = rest - (high - whole)
  const main = scale < 0 ? high / power : high * power
  const correction =
    scale < 0
      ? (high - main * power - productError(main, power, main * power) + low) / power
      : productError(high, power, main) + low * power
  // The pair main + correction is within 2^-100 of the truth, relatively.
  const doubt = main * 2 ** -100
  const below = main + (correction - doubt)
  return below === main + (correction + doubt) ? below : NaN
}

const splitter = 2 ** 27 + 1

/** a · b − product, exactly, product being a · b rounded. Source: Dekker 1971. */
function productError(a: number, b: number, product: number): number {
  const [aBig, bBig] = [a * splitter, b * splitter]
  const aHigh = aBig - (aBig - a)
  const bHigh = bBig - (bBig - b)
  const [aLow, bLow] = [a - aHigh, b - bHigh]
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

/** An exponent with its sign, filling bytes[start, end); undefined if it is anything else. */
function readExponent(bytes: Uint8Array, start: number, end: number): number | undefined {
  const sign = bytes[start]
  const first = sign === minus || sign === plus ? start + 1 : start
  if (first >= end) return undefined
  let exponent = 0
  for (let i = first; i < end; i++) {
    const digit = bytes[i]! - zero
    if (digit < 0 || digit > 9) return undefined
    exponent = exponent * 10 + digit
  }
  return sign === minus ? -exponent : exponent
}

/** Bytes that are known to spell a number. */
function longNumber(bytes: Uint8Array, start: number, end: number, decimalComma: boolean): number {
  const text = decoder.decode(bytes.subarray(start, end))
  return Number(decimalComma ? text.replace(',', '.') : text)
}

function numberWord(bytes: Uint8Array, start: number, end: number, decimalComma: boolean): number | undefined {
  const first = bytes[start]
  // The typographer's minus is E2 88 92, the infinity sign E2 88 9E.
  if (first === 0xe2 && bytes[start + 1] === 0x88 && bytes[start + 2] === 0x92) {
    const again = bytes[start + 3]
    const isSigned = again === minus || again === plus || again === 0xe2
    const magnitude = isSigned ? undefined : decimalNumber(bytes, start + 3, end, decimalComma)
    return magnitude === undefined ? undefined : -magnitude
  }
  if (end - start > 10) return undefined
  const text = decoder.decode(bytes.subarray(start, end)).toLowerCase()
  const word = words[text.replace(/^[+-]/, '')]
  if (word === undefined) return undefined
  return text.startsWith('-') ? -word : word
}
