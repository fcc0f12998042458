/** A point with a name, pixels. */
export interface NamedPoint {
  readonly left: number
  readonly top: number
  readonly text: string
  /** Is named even where there is no room. */
  readonly isNeeded: boolean
}

/** Middle and base line of a name. */
interface NamePlace {
  readonly left: number
  readonly top: number
}

/** Pixels, of the figure's small bold text. */
const [letterWidth, lineHeight] = [7, 12]

/**
 * Where names stand: above their point, or below, right or left of it where another name is there already; null for one
 * without room. Those that are needed come first.
 * @returns  in the order of the points
 */
export function placeNames(points: readonly NamedPoint[]): (NamePlace | null)[] {
  const places: (NamePlace | null)[] = points.map(() => null)
  const taken: { readonly place: NamePlace; readonly width: number }[] = []
  const order = points.map((_, k) => k).sort((a, b) => Number(points[b]!.isNeeded) - Number(points[a]!.isNeeded))
  for (const k of order) {
    const { left, top, text, isNeeded } = points[k]!
    const width = letterWidth * text.length
    const aside = width / 2 + 9
    const tried = [
      { left, top: top - 12 },
      { left, top: top + 20 },
      { left: left + aside, top: top + 4 },
      { left: left - aside, top: top + 4 },
    ]
    const isFree = (place: NamePlace) =>
      taken.every(
        (other) =>
          Math.abs(other.place.left - place.left) >= (other.width + width) / 2 + 2 ||
          Math.abs(other.place.top - place.top) >= lineHeight,
      )
    const place = tried.find(isFree) ?? (isNeeded ? tried[0]! : null)
    if (place === null) continue
    places[k] = place
    taken.push({ place, width })
  }
  return places
}
