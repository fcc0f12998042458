import type { Root } from 'mdast'
import { directiveFromMarkdown } from 'mdast-util-directive'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { mathFromMarkdown } from 'mdast-util-math'
import { directive } from 'micromark-extension-directive'
import { gfmTable } from 'micromark-extension-gfm-table'
import { math } from 'micromark-extension-math'

/** Markdown with directives, TeX and tables, as a tree whose positions are offsets in `text`. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [directive(), math(), gfmTable()],
    mdastExtensions: [directiveFromMarkdown(), mathFromMarkdown(), gfmTableFromMarkdown()],
  })
}
