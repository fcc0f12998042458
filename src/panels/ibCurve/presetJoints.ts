/** Eight directions and four readings of them: no two neighbours differ more than any other two. */
const ring = Array.from({ length: 8 }, (_, x) =>
  Array.from(
    { length: 4 },
    (_, y) => Math.round(1000 * Math.exp(2.4 * Math.cos((Math.PI * x) / 4 - (Math.PI * y) / 2))) / 1000,
  ),
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
    [0.2, 0, 0],
    [0, 0.2, 0],
    [0, 0.2, 0],
    [0, 0, 0.2],
  ],
  /** A bit that is lost three times in ten: a straight line. */
  bec30: [
    [0.35, 0, 0.15],
    [0, 0.35, 0.15],
  ],
}

/** The same for the menu, each with what to look for. */
export const presets = [
  { label: 'two levels: three splits', experiment: { joint: presetJoints.hier4 } },
  { label: 'a noisy bit: the curve is known', experiment: { joint: presetJoints.bsc10 } },
  { label: 'a ring: four clusters at once', experiment: { joint: presetJoints.ring8x4 } },
  { label: 'y a function of x: a corner', experiment: { joint: presetJoints.det5x3 } },
  { label: 'a bit that may be lost: a straight line', experiment: { joint: presetJoints.bec30 } },
]
