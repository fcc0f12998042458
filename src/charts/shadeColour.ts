/** The colour of a moment from 0 (early, ochre) to 1 (late, violet), as CSS; both ends are marks that stand out. */
export const shadeColour = (shade: number): string =>
  `color-mix(in oklab, var(--unspent-2) ${(100 * Math.min(1, Math.max(0, shade))).toFixed(1)}%, var(--polynomial-3))`
