import { createNotebook } from '../notebook/notebook.ts'
import { parseNotebook } from '../notebook/parseNotebook.ts'
import { panels } from '../panels/index.ts'
import type { Surroundings } from '../notebook/surroundings.ts'

/** What is wrong or worth knowing in a text, in sentences with their lines. Nothing of it is run. */
export function problemsIn(text: string, surroundings: Surroundings): string[] {
  const notebook = createNotebook(parseNotebook(text), { surroundings, panels })
  const found = notebook.panels.flatMap(({ id, fence, getState }) =>
    [...getState().problems, ...getState().notices].map((problem) => `Line ${fence.line}, #${id}: ${problem}`),
  )
  notebook.dispose()
  return found
}
