import { nearestNames, type Position } from '@overlay-render/system'
import * as v from 'valibot'

import { environmentValueSchema, fileValueSchema } from '../config-schema.ts'
import { unmarkInherited } from '../config-values.ts'
import { RenderFault } from '../render-fault.ts'

/** A value of a template: a literal, an environment variable, or a file or a part of it. */
export type TemplateValue =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'environment'; readonly name: string; readonly stub: string | undefined }
  | FileValue

/** A value from a file. With stub secrets the file is not read. */
export interface FileValue {
  readonly kind: 'file'
  /** Relative to the workspace. */
  readonly file: string
  /** A yq path into the file's first YAML document; undefined for the text of the whole file. */
  readonly key: string | undefined
  readonly stub: unknown
  /** The position of the setting: of `key` if there is one, else of `file`. */
  readonly position: Position
}

/** The forms that read a value from elsewhere: the key that identifies the form, and its other keys. */
const FORMS = {
  env: { schema: environmentValueSchema, others: ['stub'] },
  file: { schema: fileValueSchema, others: ['key', 'stub'] },
} as const

/**
 * Parses one entry of `values`. A map that has neither form is a literal, unless one of its keys looks misspelt.
 *
 * @param locate the position of a key of the entry, or of the entry without one
 * @throws RenderFault `workspace-config-invalid`
 */
export function readValueSetting(
  name: string,
  value: unknown,
  locate: (key?: string) => Position,
): TemplateValue {
  const environment = v.safeParse(FORMS.env.schema, value)
  if (environment.success) {
    return { kind: 'environment', name: environment.output.env, stub: environment.output.stub }
  }
  const file = v.safeParse(FORMS.file.schema, value)
  if (file.success) {
    const { file: path, key, stub } = file.output
    if (key !== undefined) requirePath(name, key, locate('key'))
    const position = locate(key === undefined ? 'file' : 'key')
    return { kind: 'file', file: path, key, stub: unmarkInherited(stub), position }
  }
  refuseMisspelt(name, value, locate)
  return { kind: 'literal', value: unmarkInherited(value) }
}

/** One step of a yq path: `.name`, `."a name"`, `["a name"]` or `[0]`. */
const STEP = /\.?\[(?:\d+|"(?:[^"\\]|\\.)*")\]|\.(?:"(?:[^"\\]|\\.)*"|[\w/-]+)/uy

/** The steps of a yq path, each an expression; undefined when it is not a plain path. */
export function stepsOfPath(path: string): string[] | undefined {
  const steps: string[] = []
  for (let at = 0; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at
    const step = STEP.exec(path)?.[0]
    if (step === undefined) return undefined
    steps.push(step.startsWith('.') ? step : `.${step}`)
  }
  return steps.length === 0 ? undefined : steps
}

function requirePath(name: string, key: string, position: Position): void {
  if (stepsOfPath(key) !== undefined) return
  throw new RenderFault({
    code: 'workspace-config-invalid',
    message: `the key of the value ${name} is not a path`,
    position,
    hint: 'write the keys from the top of the file, such as .github.token, .items[0] or .["a name"]',
  })
}

function refuseMisspelt(name: string, value: unknown, locate: (key?: string) => Position): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const keys = Object.keys(value)
  for (const [form, { others }] of Object.entries(FORMS)) {
    if (!keys.includes(form)) continue
    const stray = keys.find((key) => key !== form && !others.some((other) => other === key))
    const near = stray === undefined ? undefined : nearestNames(stray, others)[0]
    if (stray === undefined && typeof Reflect.get(value, form) === 'string') continue
    if (stray !== undefined && near === undefined) continue
    throw new RenderFault({
      code: 'workspace-config-invalid',
      message:
        stray === undefined
          ? `${form} of the value ${name} is not text`
          : `unknown key ${stray} of the value ${name}, which names ${form === 'env' ? 'a variable' : 'a file'}`,
      position: locate(stray ?? form),
      hint: near === undefined ? undefined : `did you mean ${near}?`,
    })
  }
}
