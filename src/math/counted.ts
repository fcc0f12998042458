/** `1 entry`, `3 entries`, for a sentence. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`
