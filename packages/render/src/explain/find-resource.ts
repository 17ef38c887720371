import { formatId, type Resource } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'

import { RenderFault } from '../render-fault.ts'

const FORMS = 'write NAME, KIND/NAME or KIND/NAMESPACE/NAME'

/**
 * The resource named by `deck`, `Deployment/deck`, `Deployment/prow/deck` or `Deployment prow/deck`. The kind is case-insensitive,
 * and the name may lack the hash that kustomize appends.
 *
 * @throws RenderFault `resource-unknown` with the nearest names, `resource-ambiguous` with the candidates
 */
export function findResource(resources: readonly Resource[], given: string, overlay: string): Resource {
  const words = partsOf(given)
  const exact = resources.filter((resource) => isMeant(resource, words, (name, word) => name === word))
  const hashed = (name: string, word: string): boolean =>
    name.startsWith(`${word}-`) && HASH.test(name.slice(word.length))
  const found = exact.length > 0 ? exact : resources.filter((resource) => isMeant(resource, words, hashed))
  const [only, second] = found
  if (only === undefined) throw unknown(resources, given, overlay)
  if (second === undefined) return only
  throw new RenderFault({
    code: 'resource-ambiguous',
    message: `${found.length} resources of ${overlay} match ${JSON.stringify(given)}`,
    details: found.map(({ id }) => longName(id)),
    hint: FORMS,
  })
}

function partsOf(name: string): string[] {
  return name.trim().split(/[\s/]+/u)
}

const HASH = /^-[\da-z]{10}$/u

function isMeant(
  { id }: Resource,
  words: readonly string[],
  isName: (name: string, word: string) => boolean,
): boolean {
  const name = words.at(-1) ?? ''
  const kind = words.length > 1 ? words[0] : undefined
  const namespace = words.length > 2 ? words[1] : undefined
  if (words.length > 3 || !isName(id.name, name)) return false
  if (namespace !== undefined && namespace !== id.namespace) return false
  return kind === undefined || kind.toLowerCase() === id.kind.toLowerCase()
}

/** The full name of a resource, which is unambiguous. */
function longName(id: Resource['id']): string {
  return [id.kind, id.namespace, id.name].filter((part) => part !== '').join('/')
}

function unknown(resources: readonly Resource[], given: string, overlay: string): RenderFault {
  const names = new Map<string, Set<string>>()
  // Only names with the same number of parts are suggested.
  const parts = partsOf(given).length
  for (const { id } of resources) {
    const forms = [longName(id), `${id.kind}/${id.name}`, id.name, formatId(id)]
    for (const name of forms.filter((form) => partsOf(form).length === parts)) {
      const meant = names.get(name) ?? new Set()
      names.set(name, meant.add(longName(id)))
    }
  }
  const nearest = [
    ...new Set(nearestNames(given, names.keys()).flatMap((name) => [...(names.get(name) ?? [])])),
  ]
  return new RenderFault({
    code: 'resource-unknown',
    message: `${overlay} has no resource ${JSON.stringify(given)}`,
    details: nearest.slice(0, 5),
    hint: nearest.length > 0 ? `did you mean ${nearest[0] ?? ''}?` : FORMS,
  })
}
