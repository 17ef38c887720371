import { type Finding, type Position, positionAt } from '@overlay-render/system'
import {
  applyV3Script,
  compile,
  decodeText,
  type Node,
  printPreserved,
  printResults,
  readDocuments,
  YqFault,
} from '@overlay-render/yq'

import { type BaseConfig, readBaseConfig } from './base-config.ts'
import { ConfigsFault } from './configs-fault.ts'
import { DECLARE, type Dialect, recogniseDialect } from './dialect.ts'
import { applyJsonPatch } from './json-patch.ts'
import { applyMerge } from './merge.ts'
import type { ConfigChange, ConfigInput, NamedBytes, RenderedConfig } from './rendered-config.ts'

interface Script {
  readonly file: string
  readonly text: string
  readonly dialect: Dialect
  readonly warnings: readonly Finding[]
}

/**
 * Renders the config of one overlay from a base config and its patch script, if any. The bytes are those of the real yq
 * of the script's dialect; without a script, those of the base.
 *
 * @throws ConfigsFault for an invalid base or script, with the position
 */
export function renderConfig(input: ConfigInput): RenderedConfig {
  const base = readBaseConfig(input.base.bytes, input.base.file)
  const { path } = input
  if (input.script === undefined) return copyConfig(input)
  const script = readScript(input.script, input.dialect)
  const { text, changes, warnings } = runScript(base, script, input)
  return {
    path,
    bytes: Buffer.from(text),
    script: script.file,
    dialect: script.dialect,
    changes,
    warnings: [...script.warnings, ...warnings],
  }
}

/** The config of an overlay without a patch script: the bytes of the base. Check them with `checkBase`. */
export function copyConfig({ path, base: { bytes } }: ConfigInput): RenderedConfig {
  return { path, bytes, script: undefined, dialect: undefined, changes: [], warnings: [] }
}

/** @throws ConfigsFault for an invalid base config, with the position */
export function checkBase({ base }: ConfigInput): void {
  readBaseConfig(base.bytes, base.file)
}

function readScript({ file, bytes }: NamedBytes, declared: Dialect | undefined): Script {
  return inScript(file, () => {
    const text = decodeText(bytes, file)
    if (declared !== undefined) return { file, text, dialect: declared, warnings: [] }
    const { dialect, isGuess } = recogniseDialect(text, file)
    return { file, text, dialect, warnings: isGuess ? [guessed(dialect, file)] : [] }
  })
}

function guessed(dialect: Dialect, file: string): Finding {
  return {
    rule: 'dialect-guessed',
    severity: 'warning',
    message: `the patch script is empty, and was read as ${dialect}, which prints the base unchanged`,
    position: { file, line: 1, column: 1 },
    hint: `${DECLARE}, or remove the script to have the base copied`,
  }
}

interface Patched {
  readonly text: string
  readonly changes: readonly ConfigChange[]
  readonly warnings: readonly Finding[]
}

function runScript(base: BaseConfig, script: Script, input: ConfigInput): Patched {
  return inScript(script.file, () => {
    switch (script.dialect) {
      case 'yq-v4':
        return runYq4(base, script, input)
      case 'yq-v3':
        return runYq3(base, script, input)
      case 'json-patch':
        return runJsonPatch(base, script, input)
      case 'merge':
        return runMerge(base, script, input)
    }
  })
}

function runYq4(base: BaseConfig, { file, text }: Script, input: ConfigInput): Patched {
  // yq converts line ends of a script file to Unix.
  const program = compile(text.replaceAll('\r\n', '\n'), { file })
  const changes: ConfigChange[] = []
  const warnings: Finding[] = []
  const results = program.run([base.root], {
    capabilities: input.capabilities ?? {},
    onChange: ({ kind, path, range }) => {
      changes.push({ kind, path, position: positionAt(file, program.source.text, range.start) })
    },
    onWarning: ({ code, message, position }) => {
      if (code === 'assign-into-scalar') throw noEffect(message, position, program.source.text)
      warnings.push({ rule: code, severity: 'warning', message, position })
    },
  })
  // yq prints any number of documents; Prow would then use defaults, or only the first document.
  const [only] = results
  if (only?.kind === 'scalar' && results.length === 1 && base.root.kind === 'mapping') {
    throw new ConfigsFault({
      code: 'script-result-invalid',
      message: 'the script replaces the base config, which is a map, with a single value',
      position: { file, line: 1, column: 1 },
      source: program.source.text,
      hint: 'to change a value write .path = value; == only compares',
    })
  }
  if (only === undefined || results.length > 1) {
    warnings.push({
      rule: 'result-not-one-document',
      severity: 'warning',
      message: `the result of the script is ${only === undefined ? 'empty' : `${results.length} documents`}, but must be one document`,
      position: { file, line: 1, column: 1 },
    })
  }
  return { text: print(base, results, input), changes, warnings }
}

function runYq3(base: BaseConfig, { file, text }: Script, input: ConfigInput): Patched {
  const result = applyV3Script(text, base.text, { scriptName: file, baseName: base.file })
  const printed = input.print === 'preserve' ? print(base, readDocuments(result.text), input) : result.text
  return {
    text: printed,
    changes: result.changes,
    warnings: result.warnings.map(({ code, ...warning }) => ({
      rule: code,
      severity: 'warning',
      ...warning,
    })),
  }
}

function runJsonPatch(base: BaseConfig, { file, text }: Script, input: ConfigInput): Patched {
  const { root, changes } = applyJsonPatch(base.root, text, file)
  return { text: print(base, [root], input), changes, warnings: [] }
}

function runMerge(base: BaseConfig, { file, text }: Script, input: ConfigInput): Patched {
  const { root, ...rest } = applyMerge(base.root, text, file, input.listKeys ?? (() => USUAL))
  return { text: print(base, [root], input), ...rest }
}

/** The default key of list items. */
const USUAL = [[{ field: 'name' }]]

function print(base: BaseConfig, results: readonly Node[], { print: mode }: ConfigInput): string {
  return mode === 'preserve' ? printPreserved(base.text, results) : printResults(results)
}

/** Converts faults of the language to faults of the script. */
function inScript<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    throw new ConfigsFault({
      code: 'script-invalid',
      message: `the patch script cannot be run: ${error.sentence}`,
      position: error.position ?? { file, line: 1, column: 1 },
      source: error.source,
      hint: error.code === 'capability-refused' ? allowHint(error.sentence) : error.hint,
      cause: error,
    })
  }
}

function allowHint(sentence: string): string {
  return sentence.includes('system')
    ? 'patch scripts never run programs'
    : 'to let patch scripts read files or the environment, add load or env to configs.allow in overlay-render.yaml'
}

function noEffect(message: string, position: Position, source: string): ConfigsFault {
  return new ConfigsFault({
    code: 'script-no-effect',
    message,
    position,
    source,
    hint: 'yq would silently do nothing here; remove the assignment, or correct its path',
  })
}
