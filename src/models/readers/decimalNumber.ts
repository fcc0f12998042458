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
 * Makes no string for numbers of at most 15 digits: then mantissa and power of ten are exact doubles, and one
 * multiplication or division rounds once (Clinger 1990, "How to read floating point numbers accurately").
 */
export function decimalNumber(bytes: Uint8Array, start: number, end: number, decimalComma = false): number | undefined {
  const sign = bytes[start]
  let at = sign === minus || sign === plus ? start + 1 : start
  let mantissa = 0
  let digits = 0
  let scale = 0
  let marks = 0
  for (; at < end; at++) {
    const byte = bytes[at]!
    const digit = byte - zero
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit
      digits += 1
      scale -= marks
    } else if (byte === (decimalComma ? comma : dot) && marks === 0) marks = 1
    else break
  }
  if (digits > 0 && at < end && (bytes[at]! | exponentBit) === letterE) {
    const exponent = readExponent(bytes, at + 1, end)
    if (exponent === undefined) return undefined
    scale += exponent
    at = end
  }
  if (digits === 0 || at < end) return numberWord(bytes, start, end, decimalComma)
  if (digits > 15 || scale < -22 || scale > 22) return longNumber(bytes, start, end, decimalComma)
  const magnitude = scale < 0 ? mantissa / exactPowers[-scale]! : mantissa * exactPowers[scale]!
  return sign === minus ? -magnitude : magnitude
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
