import { relative, resolve } from 'node:path'

import type { ResourceId } from '@overlay-render/golden'

/** The command that accepts differences, to be run in the current directory. */
export function acceptCommand(folder: string, overlays: readonly string[], prune = false): string {
  return commandLine(folder, ['golden', 'update', ...overlays, ...(prune ? ['--prune'] : [])])
}

/** The commands that explain a resource of an overlay. */
export function explainCommands(
  folder: string,
  overlay: string,
): (id: Pick<ResourceId, 'kind' | 'namespace' | 'name'>, path: string) => string {
  return ({ kind, namespace, name }, path) => {
    const resource = [kind, namespace, name].filter((part) => part !== '').join('/')
    return commandLine(folder, ['explain', overlay, resource, ...(path === '' ? [] : [path])])
  }
}

/** A command line for a POSIX shell. */
export function commandLine(folder: string, words: readonly string[]): string {
  const place = relative(process.cwd(), resolve(folder))
  return ['overlay-render', ...(place === '' ? [] : ['-C', place]), ...words].map(shellWord).join(' ')
}

/** Quotes a word for a POSIX shell if needed. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\\''`)}'`
}
