import { formatId } from '@overlay-render/golden'

import type { Rule } from '../rule.ts'
import { type BuildCheck, patchExample, type PatchFact, selectedExample } from './build-check.ts'

const NAME = 'patch-without-change'
const replace = {
  op: 'replace',
  path: '/spec/replicas',
  position: { file: 'patch.yaml', line: 1, column: 1 },
}

/** Whether a patch is meant to change something: not an empty patch, nor one with only `test` operations. */
function meansToChange({ operations, merges }: PatchFact): boolean {
  return merges || operations.some(({ op }) => op !== 'test')
}

/** Patches that select objects but change none of them. */
export const patchWithoutChange: Rule<BuildCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A patch selects objects, but changes none of them.',
  check: ({ patches }) =>
    patches
      .filter((patch) => isWithoutChange(patch))
      .map(({ name, object, position, selected = [] }) => {
        const [first] = selected
        const what =
          first === undefined || selected.length > 1
            ? `all ${selected.length} objects that it selects`
            : formatId(first.id)
        return {
          rule: NAME,
          severity: 'warning',
          message: `${name} changes nothing: ${what} ${selected.length > 1 ? 'are' : 'is'} already as the patch says`,
          object,
          position,
          hint: 'remove the patch, or correct what it sets',
        }
      }),
  examples: {
    fires: [
      patchExample('a value that is there already', {
        target: { kind: 'Deployment' },
        operations: [replace],
        selected: [selectedExample('Deployment', 'deck', { changed: false })],
      }),
      patchExample('an object that merges what is there', {
        selected: [selectedExample('Deployment', 'deck', { changed: false })],
        merges: true,
      }),
    ],
    silent: [
      patchExample('one of two objects is another after it', {
        target: { kind: 'Deployment' },
        operations: [replace],
        selected: [
          selectedExample('Deployment', 'deck', { changed: false }),
          selectedExample('Deployment', 'hook'),
        ],
      }),
      patchExample('a patch whose effect is unknown', {
        target: { kind: 'Deployment' },
        operations: [replace],
        selected: [{ ...selectedExample('Deployment', 'deck'), changed: undefined }],
      }),
      patchExample('an empty patch says that it changes nothing', {
        target: { kind: 'Deployment' },
        selected: [selectedExample('Deployment', 'deck', { changed: false })],
      }),
      patchExample('a patch that only tests', {
        target: { kind: 'Deployment' },
        operations: [{ ...replace, op: 'test' }],
        selected: [selectedExample('Deployment', 'deck', { changed: false })],
      }),
      patchExample('a patch that selects nothing is a dead patch', {
        target: { kind: 'Deployment' },
        operations: [replace],
      }),
    ],
  },
}

function isWithoutChange(patch: PatchFact): boolean {
  const { selected = [] } = patch
  return selected.length > 0 && meansToChange(patch) && selected.every(({ changed }) => changed === false)
}
