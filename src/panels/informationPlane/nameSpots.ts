/** Pixels, to the right and down. */
export interface Pixel {
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A name beside its point: `dx` and `dy` from there to the foot of the text, at its start, middle or end. */
export interface NameSpot extends Pixel {
  readonly text: string
  readonly dx: number
  readonly dy: number
  readonly anchor: 'start' | 'middle' | 'end'
}

/** Points that are closer have one name together; pixels. */
const together = 5
/** Pixels, of a character in bold type of 11 px, and of a line above its foot and below it. */
const [character, above, below] = [6.6, 9, 3]

/** Where a name may stand beside its point, the best first. */
const places = [8, 20, 32, 44].flatMap((away, ring) => [
  { dx: 8, dy: -away, anchor: 'start' as const },
  { dx: 8, dy: away + 8, anchor: 'start' as const },
  { dx: -8, dy: -away, anchor: 'end' as const },
  { dx: -8, dy: away + 8, anchor: 'end' as const },
  { dx: 0, dy: -away - 2, anchor: 'middle' as const },
  { dx: 0, dy: away + 11, anchor: 'middle' as const },
  { dx: 9 + 8 * ring, dy: 4, anchor: 'start' as const },
  { dx: -9 - 8 * ring, dy: 4, anchor: 'end' as const },
])

/** What a name covers. */
export function boxOf({ x, y, text, dx, dy, anchor }: NameSpot): Box {
  const width = text.length * character
  const left = x + dx - { start: 0, middle: width / 2, end: width }[anchor]
  return { left, right: left + width, top: y + dy - above, bottom: y + dy + below }
}

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/**
 * Places names beside their points, so that none covers another, a point, or what else is written, and few lie on a line;
 * points at one place share a name.
 * @param plot  none goes beyond it
 * @param written  what else stands in the plot
 * @param lines  points along what is drawn
 */
export function nameSpots(
  points: readonly (Pixel & { readonly text: string })[],
  plot: Box,
  written: readonly Box[],
  lines: readonly Pixel[],
): NameSpot[] {
  const groups = grouped(points)
  const marks = groups.map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }))
  const spots: NameSpot[] = []
  for (const group of groups) {
    const cost = (box: Box, rank: number) =>
      rank +
      (isInside(box, plot) ? 0 : 10_000) +
      1000 * spots.filter((spot) => overlap(box, boxOf(spot))).length +
      100 * [...marks, ...written].filter((other) => overlap(box, other)).length +
      3 * lines.filter(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom).length
    const priced = places.map((place, rank) => {
      const spot = { ...group, ...place }
      return { spot, cost: cost(boxOf(spot), rank) }
    })
    spots.push(priced.reduce((best, each) => (each.cost < best.cost ? each : best)).spot)
  }
  return spots
}

function grouped(points: readonly (Pixel & { readonly text: string })[]) {
  const groups: (Pixel & { readonly text: string })[] = []
  for (const point of points) {
    if (!Number.isFinite(point.x) || !Number.isFinite(point.y)) continue
    const at = groups.findIndex(({ x, y }) => Math.hypot(x - point.x, y - point.y) < together)
    if (at < 0) groups.push(point)
    else groups[at] = { ...groups[at]!, text: `${groups[at]!.text}, ${point.text}` }
  }
  return groups
}

const isInside = (box: Box, plot: Box) =>
  box.left >= plot.left && box.right <= plot.right && box.top >= plot.top && box.bottom <= plot.bottom
