/** The first line of a text, cut to 60 characters. */
export function shorten(text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
