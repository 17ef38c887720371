import { RenderFault } from '../render-fault.ts'
import type { SecretMode, TemplateValue } from '../workspace-config.ts'

/** The values of an overlay, ready for its templates, and those among them that came from the environment. */
export interface ResolvedValues {
  readonly values: Readonly<Record<string, unknown>>
  /** To be redacted from whatever is shown. */
  readonly secrets: readonly string[]
}

/**
 * Looks up the values that name an environment variable. In stub mode their stubs stand for them, so the
 * result is the same on every machine.
 *
 * @throws RenderFault `value-missing`, which names every variable that is not set
 */
export function resolveValues(
  values: ReadonlyMap<string, TemplateValue>,
  { secrets: mode, environment }: { secrets: SecretMode; environment: (name: string) => string | undefined },
): ResolvedValues {
  const resolved = new Map<string, unknown>()
  const secrets: string[] = []
  const missing: string[] = []
  for (const [key, value] of values) {
    if (value.kind === 'literal') {
      resolved.set(key, value.value)
    } else if (mode === 'stub') {
      resolved.set(key, value.stub ?? `stub of $${value.name}`)
    } else {
      const text = environment(value.name)
      if (text === undefined) missing.push(`${value.name}, which the template value ${key} takes`)
      else secrets.push(text)
      resolved.set(key, text)
    }
  }
  if (missing.length > 0) {
    throw new RenderFault({
      code: 'value-missing',
      message: `${missing.length === 1 ? 'an environment variable that templates need is' : `${missing.length} environment variables that templates need are`} not set`,
      details: missing,
      hint: 'set them, or render with stub secrets',
    })
  }
  return { values: Object.fromEntries(resolved), secrets }
}

/**
 * The environment of patch scripts with stub secrets: the stubs of the values that name a variable, and nothing else.
 *
 * @throws RenderFault `environment-refused`, when a script asks for any other variable
 */
export function stubEnvironment(values: ReadonlyMap<string, TemplateValue>): (name: string) => string {
  const stubs = new Map<string, string>()
  for (const value of values.values()) {
    if (value.kind === 'environment') stubs.set(value.name, value.stub ?? `stub of $${value.name}`)
  }
  return (name) => {
    const stub = stubs.get(name)
    if (stub !== undefined) return stub
    throw new RenderFault({
      code: 'environment-refused',
      message: `a patch script reads the environment variable ${name}, and with stub secrets nothing of the environment is read`,
      hint: `declare what is used instead, as a value of the overlay: values: {NAME: {env: ${name}, stub: TEXT}}`,
    })
  }
}
