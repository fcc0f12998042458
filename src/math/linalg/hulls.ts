import { polygonHull } from 'd3-polygon'
import { ShapeError } from '../errors.ts'
import { rowOf, type Matrix } from './matrix.ts'

/**
 * Corners of the convex hull of points in the plane, as row indices, counter-clockwise (y upwards); points on an edge
 * are left out. With fewer than three points, or all on one line, the ends.
 * @param points  shape [n, 2]
 * @throws ShapeError if the points are not in the plane
 * O(n log n)
 */
export function hullInPlane(points: Matrix): number[] {
  if (points.cols !== 2) throw new ShapeError(`hullInPlane: points have ${points.cols} coordinates, not 2`)
  const named = Array.from({ length: points.rows }, (_, i): [number, number] => [
    points.values[2 * i]!,
    points.values[2 * i + 1]!,
  ])
  const hull = polygonHull(named)
  if (hull === null) return named.map((_, i) => i)
  const index = new Map(named.map((point, i) => [point, i]))
  // d3 turns counter-clockwise in screens' coordinates, whose y points down.
  return hull.map((point) => index.get(point)!).reverse()
}

/** A triangle of a hull: three row indices, counter-clockwise seen from outside. */
export type Face = readonly [number, number, number]

/**
 * Triangles of the convex hull of points in space, by adding one point after the other: the faces that it sees are
 * taken away, and it is joined to their horizon. Empty if all points lie in a plane.
 * @param points  shape [n, 3]
 * @throws ShapeError if the points are not in space
 * O(n · faces)
 */
export function hullInSpace(points: Matrix): Face[] {
  if (points.cols !== 3) throw new ShapeError(`hullInSpace: points have ${points.cols} coordinates, not 3`)
  const at = (i: number): Float64Array => rowOf(points, i)
  const size = points.values.reduce((max, x) => Math.max(max, Math.abs(x)), 0)
  const tolerance = 1e-12 * size ** 3
  const start = firstTetrahedron(points, tolerance)
  if (start === null) return []
  const [a, b, c, d] = start
  const volume = (face: Face, i: number) => signedVolume(at(face[0]), at(face[1]), at(face[2]), at(i))
  // Outside is where the volume is positive.
  const facing = ([p, q, r]: Face, inside: number): Face => (volume([p, q, r], inside) > 0 ? [p, r, q] : [p, q, r])
  let faces: Face[] = [facing([a, b, c], d), facing([a, b, d], c), facing([a, c, d], b), facing([b, c, d], a)]
  for (let i = 0; i < points.rows; i++) {
    if (start.includes(i)) continue
    const seen = faces.filter((face) => volume(face, i) > tolerance)
    if (seen.length === 0) continue
    const edges = seen.flatMap(
      ([p, q, r]) =>
        [
          [p, q],
          [q, r],
          [r, p],
        ] as const,
    )
    const spelled = new Set(edges.map(([p, q]) => `${p} ${q}`))
    const horizon = edges.filter(([p, q]) => !spelled.has(`${q} ${p}`))
    const isSeen = new Set(seen)
    faces = [...faces.filter((face) => !isSeen.has(face)), ...horizon.map(([p, q]): Face => [p, q, i])]
  }
  return faces
}

/** Four points that span space, far from a plane; null if there are none. */
function firstTetrahedron(points: Matrix, tolerance: number): readonly [number, number, number, number] | null {
  const at = (i: number): Float64Array => rowOf(points, i)
  const indices = Array.from({ length: points.rows }, (_, i) => i)
  const farthest = (f: (i: number) => number) => indices.reduce((best, i) => (f(i) > f(best) ? i : best), 0)
  const a = farthest((i) => -at(i)[0]!)
  const b = farthest((i) => distance(at(i), at(a)))
  const c = farthest((i) => doubleArea(at(a), at(b), at(i)))
  const d = farthest((i) => Math.abs(signedVolume(at(a), at(b), at(c), at(i))))
  return Math.abs(signedVolume(at(a), at(b), at(c), at(d))) > tolerance ? [a, b, c, d] : null
}

const distance = (p: Float64Array, q: Float64Array): number => Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!, p[2]! - q[2]!)

/** (q − p) × (r − p). */
function normal(p: Float64Array, q: Float64Array, r: Float64Array): [number, number, number] {
  const [ux, uy, uz] = [q[0]! - p[0]!, q[1]! - p[1]!, q[2]! - p[2]!]
  const [vx, vy, vz] = [r[0]! - p[0]!, r[1]! - p[1]!, r[2]! - p[2]!]
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
}

const doubleArea = (p: Float64Array, q: Float64Array, r: Float64Array): number => Math.hypot(...normal(p, q, r))

/** Six times the volume of the tetrahedron; above 0 if s lies on the side from which p, q, r turn counter-clockwise. */
function signedVolume(p: Float64Array, q: Float64Array, r: Float64Array, s: Float64Array): number {
  const [nx, ny, nz] = normal(p, q, r)
  return nx * (s[0]! - p[0]!) + ny * (s[1]! - p[1]!) + nz * (s[2]! - p[2]!)
}
