/** A CustomResourceDefinition with the keywords that a CRD schema may use, and a valid object of its kind. */
export const CUSTOM_DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing, listKind: ThingList, plural: things, singular: thing}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            metadata: {type: object}
            spec:
              type: object
              required: [size, filled]
              properties:
                size: {type: integer}
                ratio: {type: number}
                ready: {type: boolean}
                filled: {type: string, default: there}
                color: {type: string, enum: [red, green]}
                port: {x-kubernetes-int-or-string: true}
                nothing: {type: string, nullable: true}
                empty: {type: object}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                anything: {x-kubernetes-preserve-unknown-fields: true}
                labels: {type: object, additionalProperties: {type: string}}
                open: {type: object, additionalProperties: true}
                words: {type: array, items: {type: string}}
                parts:
                  type: array
                  items:
                    type: object
                    required: [name]
                    properties:
                      name: {type: string}
                      weight: {type: integer, format: int32}
                half:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
                  properties: {known: {type: integer}}
                template:
                  type: object
                  x-kubernetes-embedded-resource: true
                  x-kubernetes-preserve-unknown-fields: true
`

export const CUSTOM_OBJECT = `
apiVersion: example.com/v1
kind: Thing
metadata: {name: a, labels: {a: b}}
spec:
  size: 1
  ratio: 1.5
  ready: true
  filled: a
  color: red
  port: 80
  nothing: null
  empty: {}
  free: {a: {b: 1}}
  anything: {a: [1]}
  labels: {a: b}
  open: {a: 1}
  words: [a]
  parts: [{name: a, weight: 1}]
  half: {known: 1, other: a}
  template: {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {a: b}}, spec: {a: 1}}
`
