import { describe, expect, it } from 'vitest'
import { cameraFor, orbitAfter } from '../../src/panels/argmaxGeometry/camera.ts'
import { cellLabel } from '../../src/panels/argmaxGeometry/cellLabel.ts'
import { moveAfterKey, tokenAfterKey } from '../../src/panels/argmaxGeometry/keys.ts'
import { listed } from '../../src/panels/argmaxGeometry/naming.ts'
import { placeNames } from '../../src/panels/argmaxGeometry/placeNames.ts'
import { reachOf } from '../../src/panels/argmaxGeometry/reach.ts'
import { arrowTip } from '../../src/panels/argmaxGeometry/scene.ts'
import { tokenColour } from '../../src/panels/argmaxGeometry/tokenColour.ts'
import { fromRows } from '../../src/math/linalg/matrix.ts'

describe('the camera', () => {
  it('from turn 0 and tilt 0 sees the second coordinate to the right, the third up, the first towards the reader', () => {
    const { x, y, depth } = cameraFor(3, [0, 0]).place([1, 2, 3])
    expect([x, y, depth]).toEqual([expect.closeTo(2, 12), expect.closeTo(3, 12), expect.closeTo(1, 12)])
  })

  it('keeps lengths, and what is moved along the screen is seen moved by as much and no nearer', () => {
    const row = [0.3, -1.2, 0.7]
    for (const orbit of [
      [35, 20],
      [200, -80],
      [90, 90],
    ] as const) {
      const camera = cameraFor(3, orbit)
      const from = camera.place(row)
      expect(Math.hypot(from.x, from.y, from.depth)).toBeCloseTo(Math.hypot(...row), 12)
      const to = camera.place(camera.move(row, 0.5, -0.25))
      expect([to.x - from.x, to.y - from.y, to.depth - from.depth].map((by) => Math.round(by * 1e9) / 1e9 + 0)).toEqual(
        [0.5, -0.25, 0],
      )
    }
  })

  it('turns half a degree a pixel, round and round, and tilts as far as the poles', () => {
    expect(orbitAfter([10, 0], 40, 30)).toEqual([350, 15])
    expect(orbitAfter([0, 80], 0, 100)).toEqual([0, 90])
  })
})

describe('names of points', () => {
  const at = (left: number, top: number, isNeeded = false) => ({ left, top, text: '10', isNeeded })

  it('stand above a point that is alone, and on another side where a name is there already', () => {
    expect(placeNames([at(50, 50), at(200, 50)])).toEqual([
      { left: 50, top: 38 },
      { left: 200, top: 38 },
    ])
    const [first, second] = placeNames([at(50, 50), at(54, 50)])
    expect([first!.top, second!.top]).toEqual([38, 70])
  })

  it('cover no mark where another side is free: neither above, where a square is, nor below', () => {
    const marks = [
      { left: 50, top: 50 },
      { left: 53, top: 34 },
    ]
    expect(placeNames([at(50, 50)], marks)).toEqual([{ left: 50, top: 70 }])
    // Below it another: 14 pixels wide, the name stands 16 beside.
    expect(placeNames([at(50, 50)], [...marks, { left: 50, top: 66 }])).toEqual([{ left: 66, top: 54 }])
  })

  it('are left out where every side is taken, but never that of the chosen token', () => {
    const crowd = Array.from({ length: 9 }, (_, k) => at(50 + k, 50))
    expect(placeNames(crowd).filter((place) => place === null).length).toBeGreaterThan(0)
    expect(placeNames([...crowd, at(60, 50, true)]).at(-1)).toEqual({ left: 60, top: 38 })
  })
})

describe('the picture', () => {
  it('reaches a round number beyond the farthest row: of coordinates in the plane, of lengths in space', () => {
    expect(reachOf(fromRows([[2, -1.5]]))).toBe(2.5)
    // √3 · 2 = 3.46, with air 3.98.
    expect(reachOf(fromRows([[2, 2, -2]]))).toBe(4)
    expect(reachOf(fromRows([[0, 0]]))).toBe(1)
  })

  it('cuts an arrow at the edge, along its way', () => {
    expect(arrowTip({ x: 1, y: 2 }, 2)).toEqual({ x: 1, y: 2, isCut: false })
    expect(arrowTip({ x: -6, y: 3 }, 2)).toEqual({ x: -2, y: 1, isCut: true })
  })

  it('names a region away from points, and none that is too small', () => {
    const square = [
      [0, 0],
      [200, 0],
      [200, 200],
      [0, 200],
    ] as const
    expect(cellLabel(square, [])).toEqual([100, 100])
    expect(cellLabel(square, [[100, 100]])).not.toEqual([100, 100])
    expect(
      cellLabel(
        square.map(([x, y]) => [x / 10, y / 10] as const),
        [],
      ),
    ).toBeNull()
  })

  it('gives neighbours in number different colours, and a token always its own', () => {
    for (let token = 0; token < 40; token++) expect(tokenColour(token)).not.toBe(tokenColour(token + 1))
    expect(tokenColour(0)).toBe('var(--exponential-1)')
    // Those of the first picture: none shares its colour.
    expect(new Set(Array.from({ length: 20 }, (_, token) => tokenColour(token))).size).toBe(20)
  })
})

describe('keys and words', () => {
  it('move by one step, ten with Shift, a tenth with Alt; page keys stop at the ends', () => {
    const key = (name: string, shiftKey = false, altKey = false) => moveAfterKey({ key: name, shiftKey, altKey }, 0.5)
    expect([key('ArrowUp'), key('ArrowLeft', true), key('ArrowDown', false, true), key('a')]).toEqual([
      [0, 0.5],
      [-5, 0],
      [0, -0.05],
      null,
    ])
    expect(['PageDown', 'PageUp', 'Home', 'End', 'x'].map((name) => tokenAfterKey(name, 4, 5))).toEqual([
      4,
      3,
      0,
      4,
      null,
    ])
  })

  it('list all of few names and the first of many', () => {
    expect([listed([3], null), listed([0, 1], ['a', '']), listed([1, 2, 3, 4], null, 3)]).toEqual([
      '3',
      'a and 1',
      '1 and 3 more',
    ])
  })
})
