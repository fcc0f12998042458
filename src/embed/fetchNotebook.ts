import { documentOf, type NotebookDocument, type NotebookTree } from '../notebook/document.ts'

/**
 * A notebook that comes with the page. It is fetched as the build has read it, so that opening it needs no parser.
 * @param id  its file's name without .md: small letters, digits and hyphens
 * @throws    an error that says what could not be fetched
 */
export async function fetchNotebook(id: string): Promise<NotebookDocument> {
  if (!/^[a-z0-9-]+$/.test(id)) throw new Error(`“${id}” is no name of a notebook.`)
  const answer = await fetch(new URL(`notebooks/${id}.json`, document.baseURI))
  if (!answer.ok) throw new Error(`The notebook ${id} could not be fetched: the server answered ${answer.status}.`)
  return documentOf((await answer.json()) as NotebookTree)
}
