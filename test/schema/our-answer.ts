import { manifestExample, RULES } from '@overlay-render/check'
import type { ApiDocument } from '@overlay-render/kustomize'

import type { JsonObject } from './draw-object.ts'
import type { ServerVerdict } from './strict-server.ts'

const rule = RULES.manifests.find(({ name }) => name === 'schema')

/** The result of the rule `schema` for an object, in the form of a server's verdict. */
export interface OurAnswer {
  readonly answer: Exclude<ServerVerdict['answer'], 'absent'>
  /** One message for each finding. */
  readonly messages: readonly string[]
}

type Definitions = ReturnType<ReturnType<typeof manifestExample>['input']>['definitions']

/** Reads manifests of CustomResourceDefinitions. */
export function readDefinitions(manifests: string): Definitions {
  return manifestExample('definitions', manifests).input().resources
}

export function ourAnswer(object: JsonObject, api: ApiDocument, definitions: Definitions): OurAnswer {
  const input = manifestExample('object', JSON.stringify(object), { api, definitions }).input()
  const messages = (rule?.check(input) ?? []).map(({ message }) => message)
  const isUnknown = messages.some((message) => message.includes('has an unknown field'))
  const isType = messages.some((message) => message.includes(' must be '))
  return { answer: isUnknown ? 'unknown-field' : isType ? 'wrong-type' : 'decoded', messages }
}
