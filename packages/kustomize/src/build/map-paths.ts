/** Creates a function that replaces paths of the stage in a text with the user's paths. */
export function makePathMapper(stage: string, shown: (path: string) => string): (text: string) => string {
  const pattern = new RegExp(`${escapePattern(stage)}(?:[/\\\\][^'"\`:\\n\\s]*)?`, 'gu')
  return (text) => text.replace(pattern, (path) => shown(path.replace(/[/\\]$/u, '')))
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
}
