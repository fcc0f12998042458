import type { Notebook } from '../notebook/notebook.ts'
import type { Session } from './session.ts'
import type { ShareDialog, ShareDialogProps } from './ShareDialog.tsx'

/** The addresses of this moment, and the dialog that shows them. */
export interface Share {
  readonly Dialog: typeof ShareDialog
  readonly props: Omit<ShareDialogProps, 'onClose'>
}

/** Loads the dialog, and writes the addresses. */
export async function openShare(session: Session, notebook: Notebook): Promise<Share> {
  const [dialog, { shareables }] = await Promise.all([import('./ShareDialog.tsx'), import('./shareables.ts')])
  return { Dialog: dialog.ShareDialog, props: await shareables(session, notebook) }
}
