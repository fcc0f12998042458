interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** How far an arrow key moves something right and up, or null for another key; with Shift ten times, with Alt a tenth. */
export function moveAfterKey({ key, shiftKey, altKey }: Key, step: number): [right: number, up: number] | null {
  const by = step * (shiftKey ? 10 : altKey ? 0.1 : 1)
  switch (key) {
    case 'ArrowRight':
      return [by, 0]
    case 'ArrowLeft':
      return [-by, 0]
    case 'ArrowUp':
      return [0, by]
    case 'ArrowDown':
      return [0, -by]
    default:
      return null
  }
}

/** The token that a page key, Home or End goes to, or null for another key. */
export function tokenAfterKey(key: string, token: number, count: number): number | null {
  switch (key) {
    case 'PageDown':
      return Math.min(token + 1, count - 1)
    case 'PageUp':
      return Math.max(token - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
