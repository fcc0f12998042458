/**
 * Real numbers to 320 binary places, as integers times 2^−320: a second, slow way to the entmax family, which shares
 * nothing with the first. Doubles enter exactly, if they are not below 2^−320.
 */
export type Real = bigint

const places = 320n
export const one: Real = 1n << places

export const mul = (a: Real, b: Real): Real => (a * b) >> places
export const div = (a: Real, b: Real): Real => (a << places) / b

export function fromDouble(value: number): Real {
  let scaled = value
  let shift = places
  while (!Number.isInteger(scaled) && shift > 0n) {
    scaled *= 2
    shift--
  }
  return BigInt(Math.trunc(scaled)) << shift
}

/** To the nearest double but for one rounding of the 64 leading bits. */
export function toDouble(value: Real): number {
  const size = value < 0n ? -value : value
  const drop = BigInt(Math.max(0, size.toString(2).length - 64))
  const magnitude = Number(size >> drop) * 2 ** (Number(drop) - Number(places))
  return value < 0n ? -magnitude : magnitude
}

/** 2 artanh(t) = log((1 + t)/(1 − t)), for |t| ≤ 1/3. */
function twiceArtanh(t: Real): Real {
  const square = mul(t, t)
  let sum = 0n
  for (let power = t, k = 1n; power !== 0n && power !== -1n; power = mul(power, square), k += 2n) sum += power / k
  return 2n * sum
}

const ln2 = twiceArtanh(one / 3n)

export function log(value: Real): Real {
  if (value <= 0n) throw new RangeError('log: the value must be above 0')
  const exponent = BigInt(value.toString(2).length) - places
  const mantissa = exponent >= 0n ? value >> exponent : value << -exponent
  return exponent * ln2 + twiceArtanh(div(mantissa - one, mantissa + one))
}

export function exp(value: Real): Real {
  let exponent = value / ln2
  if (value < 0n) exponent -= 1n
  const halvings = 12n
  const rest = (value - exponent * ln2) >> halvings
  let sum = 0n
  for (let term = one, k = 1n; term !== 0n; term = mul(term, rest) / k, k++) sum += term
  for (let k = 0n; k < halvings; k++) sum = mul(sum, sum)
  return exponent >= 0n ? sum << exponent : sum >> -exponent
}

export const pow = (base: Real, exponent: Real): Real => (base <= 0n ? 0n : exp(mul(exponent, log(base))))
