import * as v from 'valibot'

import { anything, choice, list, object, type Printed, text, texts } from './fields.ts'
import { resource } from './shared.ts'

const operation = v.strictObject({
  op: choice(['add', 'remove', 'replace'], 'What to do.'),
  path: text('A JSON pointer. Empty for the whole object.'),
  value: v.optional(anything('The new value. Absent for `remove`.')),
})

export const schema = v.pipe(
  v.array(
    v.strictObject({
      comparison: text('The title of the comparison.'),
      change: choice(['added', 'removed', 'changed', 'renamed'], 'What happened to the resource.'),
      resource,
      previous: v.optional(object(resource, 'Its old identity. Absent unless it was renamed.')),
      patch: list(operation, 'RFC 6902 operations that turn the old object into the new one.'),
      omitted: texts(
        'JSON pointers of changed secret values: they are not in the patch, and applying it leaves them as they are.',
      ),
    }),
  ),
  v.description('One entry for each resource that differs.'),
)

export type JsonPatchJson = Printed<v.InferOutput<typeof schema>>

export const example: JsonPatchJson = [
  {
    comparison: 'golden:testing → testing',
    change: 'changed',
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'deck', namespace: 'prow' },
    patch: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'deck:v2' }],
    omitted: [],
  },
]
