const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** HTML of a frame that shows one panel; it needs nothing of the page it stands in. */
export function frameCode({ id, title, address }: { id: string; title: string; address: string }): string {
  return [
    `<iframe src="${escaped(address)}"`,
    ` title="${escaped(`${title}: ${id}`)}" loading="lazy"`,
    ' style="width: 100%; height: 640px; border: 0"></iframe>',
  ].join('')
}

/** HTML of the script that an author adds once: every frame of softscope follows its panel's height. */
export const heightListener = `<script>
  addEventListener('message', ({ data, source }) => {
    if (data?.type !== 'softscope:height') return
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.style.height = data.height + 'px'
  })
</script>`
