import { nearestNames } from '@overlay-render/system'
import {
  compile,
  decodeText,
  type Node,
  type PlainValue,
  readDocuments,
  toValue,
  YqFault,
} from '@overlay-render/yq'

import { RenderFault } from '../render-fault.ts'
import { type FileValue, stepsOfPath } from './value-setting.ts'

/** A value read from a file, and every text in it: all of them are secrets. */
export interface ReadValue {
  readonly value: unknown
  readonly secrets: readonly string[]
}

/**
 * The value in a file: its text, or the node at a path in its first YAML document. A fault quotes keys of the file, but no other
 * content.
 *
 * @param name the name of the value, for messages
 * @throws RenderFault `value-missing`, with the nearest keys, or `value-invalid`
 */
export function readFileValue(name: string, setting: FileValue, bytes: Uint8Array): ReadValue {
  const { key } = setting
  if (key === undefined) {
    const text = textOf(name, setting, bytes)
    return { value: text, secrets: [text] }
  }
  const found = findAtPath(name, setting, key, readFirst(name, setting, bytes))
  const holder = { value: toValue(found) }
  return { secrets: takeTexts(holder), value: holder.value }
}

function textOf(name: string, setting: FileValue, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw invalid(name, setting, `${setting.file} is not UTF-8 text`, error)
  }
}

function readFirst(name: string, setting: FileValue, bytes: Uint8Array): Node | undefined {
  try {
    return readDocuments(decodeText(bytes, setting.file), { fileName: setting.file })[0]
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    const { line } = error.position ?? {}
    const place = line === undefined ? '' : `, near line ${line}`
    throw invalid(name, setting, `${setting.file} is not valid YAML${place}`, error)
  }
}

/** Follows the path step by step, so that the fault can say where it ends. */
function findAtPath(name: string, setting: FileValue, key: string, document: Node | undefined): Node {
  let at = document
  let gone = ''
  for (const step of stepsOfPath(key) ?? []) {
    // The keys are read first: yq adds the keys that it does not find.
    const keys = keysOf(at)
    const next = at === undefined ? undefined : evaluate(step, at)
    if (next === undefined || next.tag === '!!null') throw missing(name, setting, { keys, gone, step })
    gone += step
    at = next
  }
  if (at === undefined) throw missing(name, setting, { keys: [], gone, step: key })
  return at
}

function evaluate(step: string, node: Node): Node | undefined {
  try {
    return compile(step).run([node])[0]
  } catch (error) {
    // A key in a text, or an index in a map: there is no value.
    if (error instanceof YqFault) return undefined
    throw error
  }
}

function missing(
  name: string,
  { file, key, position }: FileValue,
  { keys, gone, step }: { keys: readonly string[]; gone: string; step: string },
): RenderFault {
  const wanted = step.replace(/^\.\[?"?|"?\]?$/gu, '')
  const near = nearestNames(wanted, keys)
  const place = gone === '' ? 'the top' : gone
  const hint =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : keys.length > 0
        ? `the keys at ${place} are ${keys.slice(0, 10).join(', ')}`
        : `nothing is below ${place}`
  return new RenderFault({
    code: 'value-missing',
    message: `${file} has no ${key ?? ''}, which the template value ${name} needs: ${place} has no ${wanted}`,
    position,
    hint,
  })
}

function keysOf(node: Node | undefined): string[] {
  const target = node?.kind === 'alias' ? node.alias : node
  return target?.kind === 'mapping' ? Object.keys(toValue(target) ?? {}) : []
}

/** Collects every text and number in `holder`, and replaces each bigint by its digits, since the template engine does not know bigints. */
function takeTexts(holder: object): string[] {
  const texts: string[] = []
  const pending: object[] = [holder]
  for (let made = pending.pop(); made !== undefined; made = pending.pop()) {
    // `holder` comes from a YAML document, so its entries are plain values.
    for (const [key, value] of Object.entries(made) as [string, PlainValue][]) {
      if (typeof value === 'bigint') Reflect.set(made, key, String(value))
      if (typeof value === 'object' && value !== null) pending.push(value)
      else if (value !== null && value !== '') texts.push(String(value))
    }
  }
  return texts
}

function invalid(name: string, { position }: FileValue, problem: string, cause?: unknown): RenderFault {
  const message = `the template value ${name} cannot be read: ${problem}`
  return new RenderFault({ code: 'value-invalid', message, position, cause })
}
