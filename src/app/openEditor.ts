import type { Notebook } from '../notebook/notebook.ts'
import type { EditDialog, EditDialogProps } from './EditDialog.tsx'

/** The text of a notebook, and what it takes to edit it. */
export interface Editor extends Pick<EditDialogProps, 'applied' | 'problemsOf'> {
  readonly Dialog: typeof EditDialog
}

/** Loads the dialog and, for its hints, the parser: those who only read need neither. */
export async function openEditor(notebook: Notebook): Promise<Editor> {
  const [applied, dialog, { problemsIn }] = await Promise.all([
    notebook.text(),
    import('./EditDialog.tsx'),
    import('./problemsIn.ts'),
  ])
  return { applied, Dialog: dialog.EditDialog, problemsOf: (text) => problemsIn(text, notebook.surroundings) }
}
