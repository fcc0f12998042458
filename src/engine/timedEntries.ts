/** Entries in the job that every rung is timed on, 256 rows of 2048. */
export const timedEntries = 256 * 2048
