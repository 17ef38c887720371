import type { ProvidedObject } from '@overlay-render/check'

import type { FoundText } from './search-tree.ts'

/** Every line in which kubectl creates an object contains this text. */
export const CREATE = 'create '

const CREATE_OBJECT =
  /create (?:[^|&;\n]{0,1000} )?(?:secret|configmap|cm|serviceaccount|sa) [^|&;\n]{0,1000}/gu

const KINDS: Readonly<Record<string, string>> = {
  secret: 'Secret',
  configmap: 'ConfigMap',
  cm: 'ConfigMap',
  serviceaccount: 'ServiceAccount',
  sa: 'ServiceAccount',
}

const SECRET_TYPES: ReadonlySet<string> = new Set(['generic', 'tls', 'docker-registry'])

/** Options of kubectl whose value is a word of its own. */
const WITH_VALUE =
  /^(?:-n|--namespace|--context|--kubeconfig|--cluster|--type|--from-(?:file|literal|env-file))$/u

/**
 * The objects that scripts of the tree create with kubectl, outside of any manifest. Their namespaces are unknown.
 *
 * @param texts lines or files that contain `CREATE`
 */
export function createdObjects(texts: readonly FoundText[]): ProvidedObject[] {
  return texts.flatMap(({ text }) =>
    Array.from(text.matchAll(CREATE_OBJECT), ([command]) => createdBy(command)).flat(),
  )
}

/** The objects that `create [-n NAMESPACE] secret generic NAME …` creates. */
export function createdBy(command: string): ProvidedObject[] {
  const words = command.split(/\s+/u)
  const plain = words.filter(
    (word, index) => !word.startsWith('-') && !WITH_VALUE.test(words[index - 1] ?? ''),
  )
  const at = plain.findIndex((word) => Object.hasOwn(KINDS, word))
  const [kind = '', ...rest] = plain.slice(at)
  const [name = ''] = kind === 'secret' && SECRET_TYPES.has(rest[0] ?? '') ? rest.slice(1) : rest
  const made = KINDS[kind]
  return made !== undefined && /^[a-z0-9][a-z0-9.-]*$/u.test(name) ? [{ kind: made, name }] : []
}
