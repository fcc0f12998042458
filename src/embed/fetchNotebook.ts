/**
 * The Markdown of a notebook that comes with the page, fetched beside it.
 * @param id  its file's name without .md: small letters, digits and hyphens
 * @throws    an error that says what could not be fetched
 */
export async function fetchNotebook(id: string): Promise<string> {
  if (!/^[a-z0-9-]+$/.test(id)) throw new Error(`“${id}” is no name of a notebook.`)
  const answer = await fetch(new URL(`notebooks/${id}.md`, document.baseURI))
  if (!answer.ok) throw new Error(`The notebook ${id} could not be fetched: the server answered ${answer.status}.`)
  return answer.text()
}
