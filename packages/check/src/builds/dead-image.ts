import { nearestNames } from '@overlay-render/system'

import type { Example, Rule } from '../rule.ts'
import { type BuildCheck, EMPTY } from './build-check.ts'

const NAME = 'dead-image'

/** Entries of `images` that match no container image. */
export const deadImage: Rule<BuildCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'An entry of `images` matches the image of no container, and kustomize says nothing.',
  check: ({ images }) =>
    images
      .filter(({ isUsed }) => !isUsed)
      .map(({ name, object, position, image, images: there }) => {
        const [near] = nearestNames(
          image,
          new Set(there.map((text) => text.replace(/(?::[^/:]*)?(?:@.*)?$/u, ''))),
        )
        return {
          rule: NAME,
          severity: 'warning',
          message: `${name} changes nothing: when it runs, no container has the image ${image}`,
          object,
          position,
          hint: near === undefined ? 'correct the name, or remove the entry' : `did you mean ${near}?`,
        }
      }),
  examples: {
    fires: [imageExample('an image that no container has', false)],
    silent: [imageExample('an image that a container has', true)],
  },
}

function imageExample(says: string, isUsed: boolean): Example<BuildCheck> {
  const position = { file: 'kustomization.yaml', line: 9, column: 3 }
  const image = {
    name: 'images[0]',
    object: 'kustomization.yaml example.com/deck',
    position,
    image: 'example.com/deck',
  }
  return { says, input: () => ({ ...EMPTY, images: [{ ...image, isUsed, images: ['example.com/dekc:1'] }] }) }
}
