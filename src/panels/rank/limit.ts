/** The largest matrix that is taken: one of 2048 × 4096 takes half a minute or more. */
export const rankLimit = { entries: 2048 * 4096, shortSide: 2048 }
