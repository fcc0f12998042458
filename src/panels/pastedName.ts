/** Name of the file that pasted text becomes. */
export const pastedName = 'pasted'
