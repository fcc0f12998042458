/** Two digits: `3.1e−8`, `0.37`, `18`; `unknown` for NaN. */
export const twoDigits = (value: number): string => {
  if (Number.isNaN(value)) return 'unknown'
  if (value === 0 || !Number.isFinite(value)) return String(value)
  if (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4)
    return value.toExponential(1).replace('.0e', 'e').replace('e-', 'e−')
  return String(Number(value.toPrecision(2)))
}
