/** The text with one more panel of this type, with its defaults, at its end. */
export const withPanel = (text: string, type: string): string =>
  `${text.replace(/\s*$/, '')}\n\n\`\`\`softscope ${type}\n\`\`\`\n`

/** Goes to a panel and puts the focus on it. */
export function jumpToPanel(id: string): void {
  const panel = document.getElementById(id)
  panel?.scrollIntoView({ block: 'start' })
  panel?.focus({ preventScroll: true })
}
