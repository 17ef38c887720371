import { RE2JS, RE2JSException } from 're2js'

import { fieldOf, textOf } from '../graph/value-fields.ts'
import type { Value } from '../graph/yaml-value.ts'

/**
 * Applies an entry of `images` to an image, like kustomize: `name` is a regular expression for everything before the tag or
 * digest. Undefined when it does not match or is invalid.
 */
export function applyImage(entry: Value, image: string): string | undefined {
  const field = (name: string): string => textOf(fieldOf(entry, name))
  if (!matches(field('name'), image)) return undefined
  const [name, tag] = splitImage(image)
  const newName = field('newName') || name
  const digest = field('digest')
  if (digest !== '') return `${newName}@${digest}`
  const suffix = field('tagSuffix')
  const newTag = field('newTag')
  const kept = newTag !== '' ? `:${newTag}` : tag
  return `${newName}${suffix !== '' && !kept.startsWith('@') ? kept + suffix : kept}`
}

function matches(name: string, image: string): boolean {
  try {
    return RE2JS.compile(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`).matcher(image).find()
  } catch (error) {
    if (error instanceof RE2JSException) return false
    throw error
  }
}

/** The name, and the tag or digest with its separator. */
function splitImage(image: string): readonly [name: string, tag: string] {
  const at = image.indexOf('@')
  if (at >= 0) return [image.slice(0, at).replace(/:[^/:]*$/u, ''), image.slice(at)]
  const colon = image.lastIndexOf(':')
  return colon > image.lastIndexOf('/') ? [image.slice(0, colon), image.slice(colon)] : [image, '']
}
