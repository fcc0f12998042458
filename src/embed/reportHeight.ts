/** What an embedded panel tells the page around it, every time its height changes. */
export interface HeightMessage {
  readonly type: 'softscope:height'
  /** The panel's id, as its notebook names it. A page with several frames tells them apart by `event.source`. */
  readonly id: string
  /** Of the whole panel, in CSS pixels, rounded up. */
  readonly height: number
}

/**
 * Posts a {@link HeightMessage} now and at every change of the element's height.
 * @param post  delivers a message to the page around the frame
 * @returns     ends it
 */
export function reportHeight(element: Element, id: string, post: (message: HeightMessage) => void): () => void {
  let told = -1
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(element.getBoundingClientRect().height)
    if (height === told) return
    told = height
    post({ type: 'softscope:height', id, height })
  })
  observer.observe(element)
  return () => observer.disconnect()
}
