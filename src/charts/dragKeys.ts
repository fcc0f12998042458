import { niceStep } from './steps.ts'

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/**
 * The value of a bar after a key, or null if the key does not move it. Arrows: 0.1, with Shift 1, with Alt 0.01. Page keys:
 * about a tenth of the scale, 1 at least. Home and End: its ends.
 */
export function valueAfterKey(event: Key, value: number, low: number, high: number): number | null {
  const size = event.shiftKey ? 1 : event.altKey ? 0.01 : 0.1
  const page = Math.max(1, niceStep((high - low) / 10))
  const by = (step: number) => Number((value + step).toFixed(10))
  switch (event.key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return by(size)
    case 'ArrowDown':
    case 'ArrowLeft':
      return by(-size)
    case 'PageUp':
      return by(page)
    case 'PageDown':
      return by(-page)
    case 'Home':
      return low
    case 'End':
      return high
    default:
      return null
  }
}
