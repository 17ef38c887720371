/** Makes a function that puts the user's own paths where the text names places of the stage. */
export function makePathMapper(stage: string, shown: (path: string) => string): (text: string) => string {
  const pattern = new RegExp(`${escapePattern(stage)}(?:[/\\\\][^'"\`:\\n\\s]*)?`, 'gu')
  return (text) => text.replace(pattern, (path) => shown(path.replace(/[/\\]$/u, '')))
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
}
