import {
  bytesOfText,
  compile,
  DEFAULT_PREFERENCES,
  iterateDocuments,
  ResultPrinter,
  YqFault,
} from '@overlay-render/yq'

import { runYq } from '../../packages/cli/src/yq/yq-command.ts'
import type { Case } from '../vectors/cases/case.ts'
import { argumentsOf, type Verdict } from './oracle.ts'

/** The expression that `-P` appends: it resets every style except on strings that look like YAML 1.1 booleans. */
const PRETTY =
  '(... | (select(tag != "!!str"), select(tag == "!!str") | select(test("(?i)^(y|yes|n|no|on|off)$") | not))) style=""'

const SUPPORTED =
  /^(?:-I\d+|-c|-P|-N|ea|-r=false|--header-preprocess=false|--string-interpolation=false|--yaml-fix-merge-anchor-to-spec)$/u

/** Whether the library alone can run a case. Formats and exit statuses need the command. */
export function isForLibrary({ flags = [] }: Case): boolean {
  return flags.every((flag) => SUPPORTED.test(flag))
}

/** Runs a case with our library. Like the command, it keeps the output printed before an error. */
export function runOurs({ document, expression = '.', flags = [] }: Case): Verdict {
  const has = (flag: string): boolean => flags.includes(flag)
  const yaml = {
    headerPreprocess: !has('--header-preprocess=false'),
    printSeparators: !has('-N'),
    compactSequences: has('-c'),
    indent: Number(flags.find((flag) => flag.startsWith('-I'))?.slice(2) ?? 2),
    unwrapScalar: !has('-r=false'),
  }
  const printer = new ResultPrinter({ ...yaml, printDocSeparators: yaml.printSeparators })
  let output = ''
  try {
    const program = compile(has('-P') ? `${expression} | ${PRETTY}` : expression)
    const mode = has('ea') ? 'together' : 'each'
    const options = {
      mode,
      settings: {
        interpolation: !has('--string-interpolation=false'),
        mergeToSpecification: has('--yaml-fix-merge-anchor-to-spec'),
        formats: { ...DEFAULT_PREFERENCES, yaml },
      },
      capabilities: { environment: () => undefined, timeZone: 'UTC' },
    } as const
    const documents = iterateDocuments(document, yaml)
    let isEmpty = true
    for (const batch of mode === 'together' ? [[...documents]] : batches(documents)) {
      if (batch.length === 0) continue
      isEmpty = false
      output += printer.print(program.run(batch, options))
    }
    if (isEmpty) output += printer.print(program.run([], options))
    return { output: asRead(output) }
  } catch (error) {
    if (error instanceof YqFault) return { output: asRead(output), error: `Error: ${error.yqMessage}` }
    throw error
  }
}

/** Runs a case with our command, in this process. */
export async function runOurCommand(item: Case): Promise<Verdict> {
  const stdout: Uint8Array[] = []
  let stderr = ''
  const status = await runYq(argumentsOf(item), {
    readStdin: () => Promise.resolve(Buffer.from(item.document)),
    stdinIsPiped: true,
    writeStdout: (chunk) => void stdout.push(Buffer.from(chunk)),
    writeStderr: (text) => void (stderr += text),
    stdoutIsTerminal: false,
    env: { TZ: 'UTC' },
    cwd: '/',
  })
  const output = Buffer.concat(stdout).toString('utf8')
  return status === 0
    ? { output }
    : { output, error: stderr.slice(stderr.search(/^Error: /mu)).replace(/\n$/u, '') }
}

/** Encodes and decodes a text as UTF-8: invalid bytes become the replacement character. */
function asRead(text: string): string {
  return Buffer.from(bytesOfText(text)).toString('utf8')
}

function* batches<T>(items: Iterable<T>): Generator<T[]> {
  for (const item of items) yield [item]
}
