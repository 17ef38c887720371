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

/** What a file gave for a value, and every text in it: all of them are secrets. */
export interface ReadValue {
  readonly value: unknown
  readonly secrets: readonly string[]
}

/**
 * The value that a file holds: its text, or what is at a path in its first YAML document. What the file holds is not quoted in a
 * fault, its keys excepted.
 *
 * @param name of the value, for messages
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

/** Goes down step by step, so that the place where the path ends is known. */
function findAtPath(name: string, setting: FileValue, key: string, document: Node | undefined): Node {
  let at = document
  let gone = ''
  for (const step of stepsOfPath(key) ?? []) {
    // Asked first: yq adds the keys that it looks for in vain.
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
    // A key of a text, an index of a map: nothing is there.
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

/** Every text and number in `holder`. A bigint becomes its digits on the way: the template engine knows none. */
function takeTexts(holder: object): string[] {
  const texts: string[] = []
  const pending: object[] = [holder]
  for (let made = pending.pop(); made !== undefined; made = pending.pop()) {
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
