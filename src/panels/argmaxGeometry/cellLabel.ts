type Place = readonly [number, number]

/** Less than this from a point, and a label would cover it; pixels. */
const clear = 16

/**
 * Where a polygon's name stands: of its middle and of places between that and its corners, the one farthest from all points;
 * null where none is clear of them, or the polygon is too small for words.
 * @param corners  pixels  @param points  pixels
 */
export function cellLabel(corners: readonly Place[], points: readonly Place[]): Place | null {
  const { centre, area } = middleOf(corners)
  if (area < 1500) return null
  const places = [centre, ...corners.map(([x, y]) => [0.5 * centre[0] + 0.5 * x, 0.5 * centre[1] + 0.5 * y] as const)]
  // A label is wider than high.
  const room = ([x, y]: Place) => Math.min(...points.map(([px, py]) => Math.hypot((px - x) / 2.6, py - y)), Infinity)
  const best = places.reduce((a, b) => (room(b) > room(a) ? b : a))
  return room(best) < clear ? null : best
}

function middleOf(corners: readonly Place[]): { readonly centre: Place; readonly area: number } {
  let [twice, cx, cy] = [0, 0, 0]
  for (const [k, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(k + 1) % corners.length]!
    const cross = ax * by - bx * ay
    twice += cross
    cx += (ax + bx) * cross
    cy += (ay + by) * cross
  }
  return { centre: [cx / (3 * twice), cy / (3 * twice)], area: Math.abs(twice / 2) }
}
