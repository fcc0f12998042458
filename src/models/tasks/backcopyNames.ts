const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Names of the 32 tokens of the task's usual size: BOS, three triggers, 28 ordinary ones. */
export const backcopyNames: readonly string[] = ['BOS', 'T1', 'T2', 'T3', ...letters.split(''), 'aa', 'bb']
