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

/** What `-P` puts after an expression: every style but that of strings that look like old booleans goes. */
const PRETTY =
  '(... | (select(tag != "!!str"), select(tag == "!!str") | select(test("(?i)^(y|yes|n|no|on|off)$") | not))) style=""'

const SUPPORTED =
  /^(?:-I\d+|-c|-P|-N|ea|-r=false|--header-preprocess=false|--string-interpolation=false|--yaml-fix-merge-anchor-to-spec)$/u

/** Whether a case can be run by the library alone: formats and exit statuses are matters of the command. */
export function isForLibrary({ flags = [] }: Case): boolean {
  return flags.every((flag) => SUPPORTED.test(flag))
}

/** Runs this project's library on a case, in the manner of the command: what was printed before a fault stays. */
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

/** Runs this project's command on a case, in this process. */
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

/** A text as it reads once it was written: bytes that are no UTF-8 become the sign for that. */
function asRead(text: string): string {
  return Buffer.from(bytesOfText(text)).toString('utf8')
}

function* batches<T>(items: Iterable<T>): Generator<T[]> {
  for (const item of items) yield [item]
}
