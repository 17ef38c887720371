import { RenderFault } from '../render-fault.ts'
import type { SecretMode } from '../workspace-config.ts'
import { readFileValue } from './file-value.ts'
import type { FileValue, TemplateValue } from './value-setting.ts'

/** The values for the templates of an overlay, and those from the environment or files. */
export interface ResolvedValues {
  readonly values: Readonly<Record<string, unknown>>
  /** The secret texts, to be redacted from output. */
  readonly secrets: readonly string[]
  /** The names of the values that are stubs. */
  readonly stubbed: ReadonlySet<string>
}

/** The sources of the values. */
export interface ValueSources {
  readonly secrets: SecretMode
  readonly environment: (name: string) => string | undefined
  /** The content of the file of the value `name`. */
  readonly readFile: (name: string, value: FileValue) => Uint8Array
}

/**
 * Reads the values that name an environment variable or a file. With stub secrets their stubs are used, so the result is the same
 * on every machine.
 *
 * @throws RenderFault `value-missing`, which names every variable that is not set, or the nearest keys of a file; `value-invalid`
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

/** The stub of a value without a `stub` setting. */
function stubOf(value: Exclude<TemplateValue, { kind: 'literal' }>): string {
  if (value.kind === 'environment') return `stub of $${value.name}`
  return `stub of ${value.file}${value.key === undefined ? '' : ` ${value.key}`}`
}

/**
 * The environment of patch scripts with stub secrets: only the stubs of values that name a variable.
 *
 * @throws RenderFault `environment-refused` when a script reads another variable
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
