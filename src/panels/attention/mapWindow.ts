/** The square of a map that is drawn: queries and keys from `first`, `size` of each. */
export interface MapWindow {
  readonly query: number
  readonly key: number
  readonly size: number
}

/** Fewest tokens that one zooms in to. */
const fewest = 8

export const wholeMap = (tokens: number): MapWindow => ({ query: 0, key: 0, size: tokens })

/** Half as many tokens, or twice as many, around a cell that stays in view. */
export function zoomed(
  window: MapWindow,
  tokens: number,
  inwards: boolean,
  cell: { readonly query: number; readonly key: number },
): MapWindow {
  const size = Math.min(
    tokens,
    Math.max(Math.min(fewest, tokens), inwards ? Math.ceil(window.size / 2) : window.size * 2),
  )
  const place = (at: number, from: number) =>
    clamp(Math.round(at - ((at - from) * size) / window.size), 0, tokens - size)
  return { query: place(cell.query, window.query), key: place(cell.key, window.key), size }
}

/** The same size, moved as little as it takes to show a cell. */
export function showing(window: MapWindow, cell: { readonly query: number; readonly key: number }): MapWindow {
  const place = (at: number, from: number) => (at < from ? at : at >= from + window.size ? at - window.size + 1 : from)
  return { ...window, query: place(cell.query, window.query), key: place(cell.key, window.key) }
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)
