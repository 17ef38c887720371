import { relative, resolve } from 'node:path'

import type { ResourceId } from '@overlay-render/golden'

/** The command that accepts differences, for a reader who is where the program was started. */
export function acceptCommand(folder: string, overlays: readonly string[], prune = false): string {
  return commandLine(folder, ['golden', 'update', ...overlays, ...(prune ? ['--prune'] : [])])
}

/** The commands that say where what an overlay renders comes from. */
export function explainCommands(
  folder: string,
  overlay: string,
): (id: Pick<ResourceId, 'kind' | 'namespace' | 'name'>, path: string) => string {
  return ({ kind, namespace, name }, path) => {
    const resource = [kind, namespace, name].filter((part) => part !== '').join('/')
    return commandLine(folder, ['explain', overlay, resource, ...(path === '' ? [] : [path])])
  }
}

/** A command as a person writes it to a shell. */
export function commandLine(folder: string, words: readonly string[]): string {
  const place = relative(process.cwd(), resolve(folder))
  return ['overlay-render', ...(place === '' ? [] : ['-C', place]), ...words].map(shellWord).join(' ')
}

/** A word as a POSIX shell takes it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\\''`)}'`
}
