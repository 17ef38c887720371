import {
  entriesOfField,
  formatId,
  isMap,
  member,
  parseFile,
  type Resource,
  textOf,
  type Value,
} from '@overlay-render/golden'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import type { NodePlace } from './node-place.ts'
import { containersOf, podTemplatesOf } from './pod-templates.ts'

const NAME = 'image-not-pinned'

/** An image, and what uses it. */
interface ImageUse {
  readonly image: string
  readonly resource: Resource
  /** Such as `container deck`. */
  readonly by: string
  /** The field that has it, or the embedded config. */
  readonly at: NodePlace
}

/** Images without a fixed version. */
export const imageNotPinned: Rule<ManifestCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'An image has no digest, and no tag or the tag latest: it may change with any restart. Images in embedded Prow configs count, too. Each image is reported once.',
  check: (input) => {
    const uses = new Map<string, ImageUse[]>()
    for (const use of input.resources.flatMap((resource) => imagesOf(resource))) {
      if (isOpen(use.image)) uses.set(use.image, [...(uses.get(use.image) ?? []), use])
    }
    return [...uses].flatMap(([image, [first, ...more]]) => {
      if (first === undefined) return []
      const others = more.length === 0 ? '' : ` and ${more.length} more`
      return {
        ...about(input, first.resource, {
          rule: NAME,
          severity: 'warning',
          at: first.at,
          message: `the image ${image} has ${image.endsWith(':latest') ? 'the tag latest' : 'no tag'} and no digest (${formatId(first.resource.id)}, ${first.by}${others})`,
          hint: 'name a version or a digest',
        }),
        object: `image ${image}`,
      }
    })
  },
  examples: {
    fires: [
      manifestExample('no tag', deployment('quay.io/example/deck')),
      manifestExample('the tag latest', deployment('quay.io/example/deck:latest')),
      manifestExample('a registry with a port', deployment('registry:5000/deck')),
      manifestExample(
        'a utility image of an embedded config',
        embedded(
          'plank: {default_decoration_configs: {"*": {utility_images: {sidecar: "gcr.io/k8s-prow/sidecar"}}}}',
        ),
      ),
      manifestExample(
        'an image in the config of a plugin',
        embedded('defaults: {image: "quay.io/example/report:latest"}'),
      ),
      manifestExample(
        'a job in an embedded config',
        embedded('periodics: [{name: a, spec: {containers: [{image: "alpine:latest"}]}}]'),
      ),
    ],
    silent: [
      manifestExample('a version', deployment('quay.io/example/deck:v1')),
      manifestExample(
        'a digest',
        deployment(
          'quay.io/example/deck@sha256:0123456789012345678901234567890123456789012345678901234567890123',
        ),
      ),
      manifestExample('a variable', deployment('$(IMAGE)')),
      manifestExample(
        'a text that is not a config',
        embedded('# image: alpine\nnotes: [no containers here]'),
      ),
      manifestExample(
        'a picture in an embedded config',
        embedded('branding: {image: "logo", other: {image: "static/logo"}}'),
      ),
      manifestExample(
        'an embedded config with versions',
        embedded('periodics: [{name: a, spec: {containers: [{image: "alpine:3.20"}]}}]'),
      ),
    ],
  },
}

function deployment(image: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: deck, namespace: prow}\nspec: {template: {spec: {containers: [{name: deck, image: "${image}"}]}}}\n`
}

function embedded(text: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: prow}\ndata: {config.yaml: ${JSON.stringify(`${text}\n`)}}\n`
}

/** Whether an image reference is not fixed. A reference with a placeholder is unknown, and counts as fixed. */
function isOpen(image: string): boolean {
  if (image === '' || /[@$\s{}]/u.test(image)) return false
  const [, tag = ''] = /:([^/:]*)$/u.exec(image) ?? []
  return tag === '' || tag === 'latest'
}

function imagesOf(resource: Resource): ImageUse[] {
  const { id, value } = resource
  const own = podTemplatesOf(value).flatMap(({ spec }) =>
    containersOf(spec).map((container) => ({
      image: textOf(container, 'image'),
      resource,
      by: `container ${textOf(container, 'name')}`,
      at: { node: container, field: ['image'] },
    })),
  )
  if (id.kind !== 'ConfigMap') return own
  const data = entriesOfField(value, 'data').flatMap(([key, text]) =>
    typeof text === 'string' && mayBeOpen(text)
      ? imagesIn(text).map((image) => ({
          image,
          resource,
          by: `its ${key}`,
          at: { node: value, field: ['data', key] },
        }))
      : [],
  )
  return [...own, ...data]
}

const WRITTEN = /\b(?:image|clonerefs|initupload|entrypoint|sidecar)["']?:\s*["']?([^\s"',}\]]+)/giu

/** Whether a text has to be parsed: it may contain an image that is not fixed. */
function mayBeOpen(text: string): boolean {
  return [...text.matchAll(WRITTEN)].some(([, image = '']) => isOpen(image))
}

/** The images of containers and decorations anywhere in a config, and every other `image` with a registry. */
function imagesIn(text: string): string[] {
  const images: string[] = []
  const containers = new Set<Value>()
  const pending: Value[] = [parseFile(text) ?? null]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) pending.push(...value.toReversed())
    if (!isMap(value)) continue
    for (const container of containersOf(value)) containers.add(container)
    const image = textOf(value, 'image')
    if (containers.has(value) || NAMES_REGISTRY.test(image)) images.push(image)
    for (const field of ['utility_images', 'utilityImages'])
      images.push(...entriesOfField(value, field).flatMap(([key]) => textOf(member(value, field), key)))
    pending.push(
      ...Object.keys(value)
        .map((key) => member(value, key) ?? null)
        .toReversed(),
    )
  }
  return images
}

/** The first part of an image name is a registry if it has a dot or a port. */
const NAMES_REGISTRY = /^[\w-]+(?:\.[\w.-]+|:\d+|\.[\w.-]+:\d+)\//u
