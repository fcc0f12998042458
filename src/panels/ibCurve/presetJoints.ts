/** Steps between two of the eight places of a ring. */
const apart = (a: number, b: number): number => Math.min(Math.abs(a - b), 8 - Math.abs(a - b))

/** p(x, y) ∝ e^{−1.2 d}: eight places on a ring, four readings at every second of them, d steps apart; to six decimals. */
const ring = Array.from({ length: 8 }, (_, x) =>
  Array.from({ length: 4 }, (_, y) => Math.round(1e6 * Math.exp(-1.2 * apart(x, 2 * y))) / 1e6),
)

/** Joints worth a first look, by name. */
export const presetJoints = {
  /** Two groups of two: the coarse difference is learned first, then each pair splits. */
  hier4: [
    [0.15, 0.075, 0.0125, 0.0125],
    [0.075, 0.15, 0.0125, 0.0125],
    [0.0125, 0.0125, 0.175, 0.05],
    [0.0125, 0.0125, 0.05, 0.175],
  ],
  /** A bit that is flipped one time in ten. */
  bsc10: [
    [0.45, 0.05],
    [0.05, 0.45],
  ],
  ring8x4: ring,
  /** y is a function of x: the curve is a straight line and a corner. */
  det5x3: [
    [0.2, 0, 0],
    [0.1, 0, 0],
    [0, 0.25, 0],
    [0, 0.15, 0],
    [0, 0, 0.3],
  ],
  /** A bit that is lost three times in ten: a straight line. */
  bec30: [
    [0.35, 0, 0.15],
    [0, 0.35, 0.15],
  ],
}

/** The same for the menu, each with what to look for, at a β where it shows. */
export const presets = [
  { label: 'two levels: three splits', experiment: { joint: presetJoints.hier4, beta: 5 } },
  { label: 'a noisy bit: the curve is known', experiment: { joint: presetJoints.bsc10, beta: 2 } },
  { label: 'a ring: four clusters at once', experiment: { joint: presetJoints.ring8x4, beta: 3 } },
  { label: 'y a function of x: a corner', experiment: { joint: presetJoints.det5x3, beta: 2 } },
  { label: 'a bit that may be lost: a straight line', experiment: { joint: presetJoints.bec30, beta: 2 } },
]
