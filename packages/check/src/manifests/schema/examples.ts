import type { ApiDocument } from '@overlay-render/kustomize'

import { manifestExample } from '../manifest-check.ts'

const EXAMPLE_API: ApiDocument = {
  kinds: { 'v1 Example': 'Example' },
  definitions: {
    Example: {
      type: 'object',
      properties: {
        apiVersion: { type: 'text' },
        kind: { type: 'text' },
        metadata: { type: 'object' },
        spec: { ref: 'Spec' },
      },
    },
    Spec: {
      type: 'object',
      required: ['containers'],
      properties: { replicas: { type: 'int32' }, containers: { type: 'list', items: { ref: 'Container' } } },
    },
    Container: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'text' }, port: { type: 'int-or-text' } },
    },
  },
}

/** An example with an object of a kind with a few fields. */
export function apiExample(says: string, fields: string): ReturnType<typeof manifestExample> {
  return manifestExample(says, `apiVersion: v1\nkind: Example\nmetadata: {name: a}\n${fields}\n`, {
    api: EXAMPLE_API,
  })
}

/** An object of the kind that `DEFINITION` defines. */
export function customObject(fields: string): string {
  return `apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: thing}\nspec: {${fields}}\n`
}

/** The definition of a custom resource. */
export const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing, plural: things}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: {type: integer}
                color: {type: string, enum: [red, green]}
                port: {x-kubernetes-int-or-string: true}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
`

/** The same kind in the older version, which has one schema for all versions. */
export const BETA_DEFINITION = `apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing, plural: things}
  scope: Namespaced
  version: v1
  validation:
    openAPIV3Schema:
      type: object
      properties:
        spec:
          type: object
          properties:
            size: {type: integer}
`
