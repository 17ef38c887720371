import { type Position, positionAt } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'
import type { SecretMode, TemplateValue } from './workspace-config.ts'

/** Steps of the template engine after which a template counts as endless. */
const FUEL = 10_000_000

export interface TemplateEngine {
  /**
   * Renders one template.
   *
   * @param file the name to show in messages
   * @throws RenderFault `template-invalid`, at the line of the fault
   */
  render(source: string, file: string, values: Readonly<Record<string, unknown>>): string
}

/**
 * Jinja as Ansible's template module runs it: trim_blocks on, the final newline kept, no HTML escaping, and an
 * undefined value is an error. The engine is sandboxed: a template reaches its values and nothing else.
 */
export async function loadTemplateEngine(): Promise<TemplateEngine> {
  const { Environment } = await import('minijinja-js')
  return {
    render(source, file, values) {
      const environment = new Environment()
      try {
        environment.trimBlocks = true
        environment.keepTrailingNewline = true
        environment.undefinedBehavior = 'strict'
        environment.fuel = FUEL
        environment.enablePyCompat()
        // A name that ends in .html or .yaml would switch escaping on.
        return environment.renderNamedStr('template', source, values)
      } catch (error) {
        throw templateFault(error, source, file, Object.keys(values))
      } finally {
        environment.free()
      }
    },
  }
}

/** The engine says `undefined value (in template:3)`, then an excerpt that may show values; only the first line is used. */
function templateFault(error: unknown, source: string, file: string, known: readonly string[]): RenderFault {
  const said = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  const place = /^(?<what>.*?) \(in template:(?<line>\d+)\)$/.exec(said)?.groups
  const line = Number(place?.['line'] ?? 1)
  const what = place?.['what'] ?? said
  if (what === 'undefined value') {
    const name = undefinedNameOn(source.split('\n')[line - 1] ?? '', known)
    return new RenderFault({
      code: 'template-invalid',
      message: `the template ${file} uses ${name ?? 'a value'}, which is not defined`,
      position: columnOf(file, source, line, name),
      source,
      hint: `define it under values in overlay-render.yaml; known here: ${known.join(', ') || 'none'}`,
    })
  }
  return new RenderFault({
    code: 'template-invalid',
    message: `the template ${file} cannot be rendered: ${what}`,
    position: { file, line, column: 1 },
    source,
  })
}

/** The first name in a `{{ }}` or `{% %}` of the line that no value has. */
function undefinedNameOn(line: string, known: readonly string[]): string | undefined {
  const expressions = line.match(/\{[{%].*?[}%]\}/g) ?? []
  const names = expressions.flatMap((expression) => expression.match(/(?<![.\w'"])[A-Za-z_]\w*/g) ?? [])
  return names.find((name) => !known.includes(name) && !JINJA_WORDS.has(name))
}

const JINJA_WORDS = new Set(
  'for in if elif else endif endfor set not and or is true false none True False None loop range dict default'.split(
    ' ',
  ),
)

function columnOf(file: string, source: string, line: number, name: string | undefined): Position {
  const lines = source.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
  const column =
    name === undefined ? 0 : Math.max(0, (lines[line - 1] ?? '').search(new RegExp(`\\b${name}\\b`)))
  return positionAt(file, source, start + column)
}

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
