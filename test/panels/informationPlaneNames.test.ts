import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { boxOf, nameSpots, overlap } from '../../src/panels/informationPlane/nameSpots.ts'
import { PlaneFigure } from '../../src/panels/informationPlane/PlaneFigure.tsx'
import type { InformationPlaneResult } from '../../src/panels/informationPlane/result.ts'

const plot = { left: 36, right: 312, top: 24, bottom: 210 }
const layers = ['L1', 'L2', 'L3', 'L4', 'L5', 'out']

for (const { name, at } of [
  {
    name: 'crowd the right edge',
    at: [
      [302, 56],
      [295, 60],
      [290, 66],
      [285, 62],
      [280, 70],
      [278, 60],
    ],
  },
  {
    name: 'lie in a row a few pixels apart',
    at: [
      [200, 100],
      [207, 100],
      [214, 100],
      [221, 100],
      [228, 100],
      [235, 100],
    ],
  },
  {
    name: 'crowd the origin',
    at: [
      [36, 210],
      [44, 210],
      [52, 206],
      [60, 210],
      [68, 202],
      [76, 210],
    ],
  },
])
  it(`no name covers another one or leaves the plot where layers ${name}`, () => {
    const points = at.map(([x, y], l) => ({ x: x!, y: y!, text: layers[l]! }))
    const spots = nameSpots(points, plot, [], [])
    expect(spots.map(({ text }) => text)).toEqual(layers)
    const boxes = spots.map(boxOf)
    boxes.forEach((box, i) => {
      for (const other of boxes.slice(0, i)) expect(overlap(box, other)).toBe(false)
      expect(box.left).toBeGreaterThanOrEqual(plot.left)
      expect(box.right).toBeLessThanOrEqual(plot.right)
      expect(box.bottom).toBeLessThanOrEqual(plot.bottom)
    })
  })

it('layers at one place have one name together, and one that cannot be read has none', () => {
  const points = [
    { x: 36, y: 210, text: 'L4' },
    { x: NaN, y: 100, text: 'L5' },
    { x: 37, y: 209, text: 'out' },
  ]
  expect(nameSpots(points, plot, [], []).map(({ text }) => text)).toEqual(['L4, out'])
})

it('a name makes way for what else is written, and for a line', () => {
  const point = { x: 150, y: 100, text: 'L1' }
  const [free] = nameSpots([point], plot, [], [])
  const box = boxOf(free!)
  const [made] = nameSpots([point], plot, [box], [])
  expect(overlap(boxOf(made!), box)).toBe(false)
  const line = Array.from({ length: 10 }, (_, k) => ({ x: box.left + k, y: box.top + 4 }))
  const [besides] = nameSpots([point], plot, [], line)
  expect(overlap(boxOf(besides!), box)).toBe(false)
})

/** A million samples of which two estimators read 8192 and 1024. */
const million: InformationPlaneResult = {
  sentence: '',
  values: {},
  runs: [
    {
      seed: 0,
      millisecondsAnEpoch: 1,
      stopped: null,
      epochs: [
        {
          epoch: 0,
          loss: 1,
          trainAccuracy: 0.5,
          testAccuracy: 0.5,
          saturation: 0,
          states: [{ width: 1, saturation: 0, largest: 1, weightNorm: 1 }],
          layers: [{ 'bin-fixed': { I_XT: 6, I_TY: 0.5, shuffled: 0.1 } }],
        },
      ],
    },
  ],
  ceilings: { log2n: Math.log2(1_000_000), H_Y: 1 },
  estimators: [
    { id: 'bin-fixed', label: 'fixed bins', measure: 'shannon', samples: 8192, readsInput: true },
    { id: 'kde-upper', label: 'KDE', measure: 'shannon', samples: 1024, readsInput: true },
  ],
  widths: [2, 1, 2],
  samples: 1_000_000,
  pictures: [],
  drawnLabels: [],
  classNames: ['0', '1'],
}

it('a plane ends at the bits of the samples that are read, not of all that there are', () => {
  const svg = renderToStaticMarkup(
    createElement(PlaneFigure, { result: million, estimator: million.estimators[0]!, epoch: 0, epochs: 1, width: 500 }),
  )
  const ticks = [...svg.matchAll(/text-anchor="middle">(\d+)</g)].map((match) => Number(match[1]))
  // log₂ 8192 = 13.
  expect(Math.max(...ticks)).toBe(12)
  expect(svg).toContain('log₂ 8192 = 13')
})
