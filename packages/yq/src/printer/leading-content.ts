import { SEPARATOR_MARKER } from '../reader/leading-content.ts'

const COMMENT = /^[\t\n\f\r ]*#/

/**
 * What yq prints for a document's leading content or foot comment: separators, comments and empty lines unchanged,
 * other lines with `# ` in front.
 */
export function printLeadingContent(content: string, printSeparators: boolean): string {
  let printed = ''
  for (const line of content.split(/(?<=\n)/)) {
    if (line === '') continue
    if (line.includes(SEPARATOR_MARKER)) {
      if (printSeparators) printed += line.endsWith('\r\n') ? '---\r\n' : '---\n'
    } else {
      const isKept = line === '\n' || line.startsWith('%') || COMMENT.test(line)
      printed += isKept ? line : `# ${line}`
    }
    if (!line.endsWith('\n')) printed += '\n'
  }
  return printed
}
