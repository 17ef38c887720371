import { RenderFault } from '../render-fault.ts'
import type { SecretMode } from '../workspace-config.ts'
import { readFileValue } from './file-value.ts'
import type { FileValue, TemplateValue } from './value-setting.ts'

/** The values of an overlay, ready for its templates, and those among them that came from the environment or from files. */
export interface ResolvedValues {
  readonly values: Readonly<Record<string, unknown>>
  /** To be redacted from whatever is shown. */
  readonly secrets: readonly string[]
  /** The names of those that are stubs. */
  readonly stubbed: ReadonlySet<string>
}

/** Where the values come from. */
export interface ValueSources {
  readonly secrets: SecretMode
  readonly environment: (name: string) => string | undefined
  /** The content of the file of the value `name`. */
  readonly readFile: (name: string, value: FileValue) => Uint8Array
}

/**
 * Looks up the values that name an environment variable or a file. In stub mode their stubs are used instead, so the
 * result is the same on every machine.
 *
 * @throws RenderFault `value-missing`, which names every variable that is not set, or the nearest keys of a file;
 * `value-invalid`
 */
export function resolveValues(
  values: ReadonlyMap<string, TemplateValue>,
  { secrets: mode, environment, readFile }: ValueSources,
): ResolvedValues {
  const resolved = new Map<string, unknown>()
  const secrets: string[] = []
  const stubbed = new Set<string>()
  const missing: string[] = []
  for (const [key, value] of values) {
    if (value.kind === 'literal') {
      resolved.set(key, value.value)
    } else if (mode === 'stub') {
      resolved.set(key, value.stub ?? stubOf(value))
      stubbed.add(key)
    } else if (value.kind === 'file') {
      const read = readFileValue(key, value, readFile(key, value))
      resolved.set(key, read.value)
      secrets.push(...read.secrets)
    } else {
      const text = environment(value.name)
      if (text === undefined) missing.push(`${value.name}, which the template value ${key} needs`)
      else secrets.push(text)
      resolved.set(key, text)
    }
  }
  if (missing.length > 0) {
    throw new RenderFault({
      code: 'value-missing',
      message: `${missing.length === 1 ? 'an environment variable that templates need is' : `${missing.length} environment variables that templates need are`} not set`,
      details: missing,
      hint: `set ${missing.length === 1 ? 'it' : 'them'}, or render with stub secrets`,
    })
  }
  return { values: Object.fromEntries(resolved), secrets, stubbed }
}

/** The stub of a value that declares none. */
function stubOf(value: Exclude<TemplateValue, { kind: 'literal' }>): string {
  if (value.kind === 'environment') return `stub of $${value.name}`
  return `stub of ${value.file}${value.key === undefined ? '' : ` ${value.key}`}`
}

/**
 * The environment of patch scripts with stub secrets: the stubs of the values that name a variable, and nothing else.
 *
 * @throws RenderFault `environment-refused`, when a script asks for any other variable
 */
export function stubEnvironment(values: ReadonlyMap<string, TemplateValue>): (name: string) => string {
  const stubs = new Map<string, string>()
  for (const value of values.values()) {
    if (value.kind === 'environment') stubs.set(value.name, value.stub ?? stubOf(value))
  }
  return (name) => {
    const stub = stubs.get(name)
    if (stub !== undefined) return stub
    throw new RenderFault({
      code: 'environment-refused',
      message: `a patch script reads the environment variable ${name}, which is not read with stub secrets`,
      hint: `declare a stub for it among the values of the overlay: values: {NAME: {env: ${name}, stub: TEXT}}`,
    })
  }
}
