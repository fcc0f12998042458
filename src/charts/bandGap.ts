/** Share of a step to leave empty so that no band is wider than `widest` pixels: one entry is a bar, not a wall. */
export function bandGap(room: number, count: number, widest: number, least = 0.3): number {
  const step = room / Math.max(count, 1)
  return Math.min(0.98, Math.max(least, 1 - widest / Math.max(step, 1)))
}
