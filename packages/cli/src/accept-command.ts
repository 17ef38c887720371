import { relative, resolve } from 'node:path'

/** The command that accepts differences, for a reader who stands where the program was started. */
export function acceptCommand(folder: string, overlays: readonly string[], prune = false): string {
  const place = relative(process.cwd(), resolve(folder))
  return [
    'overlay-render',
    ...(place === '' ? [] : ['-C', shellWord(place)]),
    'golden',
    'update',
    ...overlays.map(shellWord),
    ...(prune ? ['--prune'] : []),
  ].join(' ')
}

/** A word as a POSIX shell takes it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\\''`)}'`
}
