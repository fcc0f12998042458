import { fileKeys } from '../notebook/fileStore.ts'
import { encodeFragment } from '../notebook/fragment.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { tableKeys } from '../notebook/tables.ts'
import type { Session } from './session.ts'
import type { ShareDialogProps } from './ShareDialog.tsx'

/** The link of the page and the addresses of its panels, as they are at this moment. */
export async function shareables(
  session: Pick<Session, 'fragment'>,
  notebook: Notebook,
): Promise<Omit<ShareDialogProps, 'onClose'>> {
  const link = new URL(await session.fragment(), location.href).href
  const frames = await Promise.all(
    notebook.panels.flatMap(({ id, getState }) => {
      const { live } = getState()
      return live ? [frameOf(id, live)] : []
    }),
  )
  return { link, frames, bringsData: notebook.panels.some(bringsData) }
}

/** Whether a panel shows numbers or a file that a person brought, which a link only names. */
function bringsData({ getState }: Notebook['panels'][number]): boolean {
  const experiment = getState().live?.experiments.getState().experiment ?? {}
  return tableKeys(experiment).length + fileKeys(experiment).length > 0
}

type Live = NonNullable<ReturnType<Notebook['panels'][number]['getState']>['live']>

async function frameOf(id: string, { panel, experiments }: Live): Promise<ShareDialogProps['frames'][number]> {
  const { experiment } = experiments.getState()
  const saved = { id, type: panel.id, version: panel.version, experiment }
  const fragment = await encodeFragment({ notebook: null, panels: [saved], theme: null })
  return { id, title: panel.title, address: new URL(`embed.html${fragment}`, document.baseURI).href }
}
