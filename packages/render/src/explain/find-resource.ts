import { formatId, type Resource } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'

import { RenderFault } from '../render-fault.ts'

const FORMS = 'write NAME, KIND/NAME or KIND/NAMESPACE/NAME'

/**
 * The resource that a person means by `deck`, `Deployment/deck`, `Deployment/prow/deck` or `Deployment prow/deck`. A kind is written
 * in any case; a name may be without the hash that kustomize puts after it.
 *
 * @throws RenderFault `resource-unknown` with the nearest, `resource-ambiguous` with the candidates
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

/** A name that means one resource and no other. */
function longName(id: Resource['id']): string {
  return [id.kind, id.namespace, id.name].filter((part) => part !== '').join('/')
}

function unknown(resources: readonly Resource[], given: string, overlay: string): RenderFault {
  const names = new Map<string, Set<string>>()
  // A name of other parts is not near, however few letters are between them.
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
