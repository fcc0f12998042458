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

/** Pixels about the middle of a mark, and from a name's base line up to its middle. */
const [markRadius, nameMiddle] = [6, 4]

/**
 * Where names stand: above their point, or on another side where a name is there already or a mark would be covered;
 * null for one without room. Those that are needed come first.
 * @param marks  what a name should not cover; its own point never is in its way
 * @returns  in the order of the points
 */
export function placeNames(points: readonly NamedPoint[], marks: Marks = points): (NamePlace | null)[] {
  const places: (NamePlace | null)[] = points.map(() => null)
  const taken: { readonly place: NamePlace; readonly width: number }[] = []
  const order = points.map((_, k) => k).sort((a, b) => Number(points[b]!.isNeeded) - Number(points[a]!.isNeeded))
  for (const k of order) {
    const { text, isNeeded } = points[k]!
    const width = letterWidth * text.length
    const tried = sidesOf(points[k]!, width)
    const isFree = (place: NamePlace) =>
      taken.every(
        (other) =>
          Math.abs(other.place.left - place.left) >= (other.width + width) / 2 + 2 ||
          Math.abs(other.place.top - place.top) >= lineHeight,
      )
    const free = tried.filter(isFree)
    const place = fewest(free, width, marks)
    if (place === undefined && !isNeeded) continue
    places[k] = place ?? tried[0]!
    taken.push({ place: places[k], width })
  }
  return places
}

/** Above first; at an angle last. */
function sidesOf({ left, top }: NamedPoint, width: number): [NamePlace, ...NamePlace[]] {
  const [aside, askew] = [width / 2 + 9, width / 2 + 5]
  return [
    { left, top: top - 12 },
    { left, top: top + 20 },
    { left: left + aside, top: top + 4 },
    { left: left - aside, top: top + 4 },
    ...[-1, 1].flatMap((side) => [
      { left: left + side * askew, top: top - 9 },
      { left: left + side * askew, top: top + 17 },
    ]),
  ]
}

type Marks = readonly { readonly left: number; readonly top: number }[]

/** Marks under a name. */
const covered = ({ left, top }: NamePlace, width: number, marks: Marks): number =>
  marks.filter(
    (mark) =>
      Math.abs(mark.left - left) < width / 2 + markRadius - 1 &&
      Math.abs(mark.top - (top - nameMiddle)) < nameMiddle + markRadius,
  ).length

const fewest = (places: readonly NamePlace[], width: number, marks: Marks): NamePlace | undefined =>
  places.toSorted((a, b) => covered(a, width, marks) - covered(b, width, marks))[0]
