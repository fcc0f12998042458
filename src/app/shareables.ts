import { encodeFragment } from '../notebook/fragment.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { Session } from './session.ts'
import type { ShareDialogProps } from './ShareDialog.tsx'

/** The link of the page and the addresses of its panels, as they are at this moment. */
export async function shareables(session: Session, notebook: Notebook): Promise<Omit<ShareDialogProps, 'onClose'>> {
  const link = new URL(await session.fragment(), location.href).href
  const frames = await Promise.all(
    notebook.panels.flatMap(({ id, getState }) => {
      const { live } = getState()
      return live ? [frameOf(id, live)] : []
    }),
  )
  return { link, frames }
}

type Live = NonNullable<ReturnType<Notebook['panels'][number]['getState']>['live']>

async function frameOf(id: string, { panel, experiments }: Live): Promise<ShareDialogProps['frames'][number]> {
  const { experiment } = experiments.getState()
  const saved = { id, type: panel.id, version: panel.version, experiment }
  const fragment = await encodeFragment({ notebook: null, panels: [saved], theme: null })
  return { id, title: panel.title, address: new URL(`embed.html${fragment}`, document.baseURI).href }
}
