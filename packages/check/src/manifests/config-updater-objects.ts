import { entriesOfField, member, parseFile, textOf, textsOf } from '@overlay-render/golden'

import type { ProvidedObject } from './manifest-check.ts'

/**
 * The ConfigMaps that Prow's updateconfig plugin creates, by the text of a file that may be Prow's plugins.yaml; none for any other
 * file.
 */
export function configUpdaterObjects(text: string): ProvidedObject[] {
  if (!/^config_updater:/mu.test(text)) return []
  const maps = entriesOfField(member(parseFile(partOf(text)), 'config_updater'), 'maps')
  return maps.flatMap(([, target]) => {
    const name = textOf(target, 'name')
    if (name === '') return []
    const namespaces = [
      ...entriesOfField(target, 'clusters').flatMap(([, listed]) => textsOf({ listed }, 'listed')),
      ...textsOf(target, 'additional_namespaces'),
      textOf(target, 'namespace'),
    ].filter((namespace) => namespace !== '')
    // The default is the namespace that Prow runs in.
    if (namespaces.length === 0) return [{ kind: 'ConfigMap', name }]
    return namespaces.map((namespace) => ({ kind: 'ConfigMap', name, namespace }))
  })
}

/** The lines of the field, a small part of a large file; the whole text when these lines have anchors or aliases. */
function partOf(text: string): string {
  const [part = text] = /^config_updater:[ \t]*\n(?:(?:[ #-].*)?\n)*/mu.exec(text) ?? []
  return /[-:,?[{]\s*[*&]/u.test(part) ? text : part
}
