/** The square of a map that is drawn: queries and keys from `first`, `size` of each. */
export interface MapWindow {
  readonly query: number
  readonly key: number
  readonly size: number
}

/** Fewest tokens that one zooms in to. */
export const fewest = 8

export const wholeMap = (tokens: number): MapWindow => ({ query: 0, key: 0, size: tokens })

interface Cell {
  readonly query: number
  readonly key: number
}

/** `factor` times as many tokens, around a cell that stays where it is in view. */
export function zoomed(window: MapWindow, tokens: number, factor: number, cell: Cell): MapWindow {
  const size = clamp(Math.round(window.size * factor), Math.min(fewest, tokens), tokens)
  const place = (at: number, from: number) =>
    clamp(Math.round(at - ((at - from) * size) / window.size), 0, tokens - size)
  return { query: place(cell.query, window.query), key: place(cell.key, window.key), size }
}

/** The same size, moved by whole tokens as far as there are some. */
export const moved = (window: MapWindow, tokens: number, by: Cell): MapWindow => ({
  ...window,
  query: clamp(Math.round(window.query + by.query), 0, tokens - window.size),
  key: clamp(Math.round(window.key + by.key), 0, tokens - window.size),
})

/** The same size, moved as little as it takes to show a cell. */
export function showing(window: MapWindow, cell: Cell): MapWindow {
  const place = (at: number, from: number) => (at < from ? at : at >= from + window.size ? at - window.size + 1 : from)
  return { ...window, query: place(cell.query, window.query), key: place(cell.key, window.key) }
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)
