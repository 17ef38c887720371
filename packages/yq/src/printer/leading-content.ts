import { SEPARATOR_MARKER } from '../reader/leading-content.ts'

const COMMENT = /^[\t\n\f\r ]*#/

/**
 * What yq prints for the lines that are in front of a document, or for the comment at its foot: separators,
 * comments and empty lines as they were, and a `# ` before anything else.
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
