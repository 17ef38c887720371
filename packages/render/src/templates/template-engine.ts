import {
  type BoundedWorker,
  openWorker,
  type Position,
  positionAt,
  SystemFault,
  type WorkerLimits,
} from '@overlay-render/system'

import { RenderFault } from '../render-fault.ts'
import type { TemplateAnswer, TemplateQuestion } from './template-worker.ts'

/** Time limit for one template, in milliseconds: far more than a manifest takes. */
const TIME = 5000

/**
 * A thread can start from the worker's module only if that is a JavaScript file of its own. In a single-file bundle it would run
 * the whole program again, and Node 20 starts no thread from TypeScript, which this project's tests run.
 */
const IS_ITS_OWN_FILE = /\/template-worker[^/]*\.[cm]?js$/u

/** Options for rendering one template. */
export interface TemplateOptions {
  /**
   * Whether values are secret. A template can put them in any form into a message of the engine, so the fault then has only the
   * kind of the error.
   */
  readonly hidesValues?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** A running template engine. */
export interface TemplateEngine {
  /**
   * Renders one template.
   *
   * @param file the name to show in messages
   * @throws RenderFault `template-invalid`, at the line of the error, or when the template exceeds a limit
   */
  render(
    source: string,
    file: string,
    values: Readonly<Record<string, unknown>>,
    options?: TemplateOptions,
  ): Promise<string>
  dispose(): Promise<void>
}

/**
 * Jinja as Ansible's template module runs it: trim_blocks on, the final newline kept, no HTML escaping, and an undefined value is
 * an error. The engine is sandboxed: a template can use its values and nothing else. It runs in its own thread with limits on time
 * and memory, since twenty characters of template can use any amount of both. The thread starts at once.
 */
export async function startTemplateEngine(): Promise<TemplateEngine> {
  const { answerTemplate, MEMORY, MAX_CHARACTERS, ROLE, WORKER } = await import('./template-worker.ts')
  const worker = IS_ITS_OWN_FILE.test(WORKER) ? openWorker(WORKER, ROLE) : undefined
  worker?.start()
  return {
    async render(source, file, values, { hidesValues = false, signal } = {}) {
      const question = { source, values }
      const answer =
        worker === undefined
          ? await answerTemplate(question)
          : await ask(worker, question, {
              subject: `the template ${file}`,
              timeout: TIME,
              memory: MEMORY,
              signal,
            })
      if ('text' in answer) return answer.text
      if ('exhausted' in answer) {
        // The engine is unusable now. The next template starts another.
        await worker?.dispose()
        throw boundFault(
          `the template ${file} needed more than ${MEMORY / 1024 / 1024} MiB of memory and was stopped`,
        )
      }
      if ('tooLong' in answer)
        throw boundFault(`the template ${file} makes more than ${MAX_CHARACTERS} characters`)
      throw templateFault(answer.said, source, file, { known: Object.keys(values), hidesValues })
    },
    async dispose() {
      await worker?.dispose()
    },
  }
}

async function ask(
  worker: BoundedWorker,
  question: TemplateQuestion,
  limits: WorkerLimits,
): Promise<TemplateAnswer> {
  try {
    const answer = await worker.ask(question, limits)
    if (isAnswer(answer)) return answer
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code === 'aborted') throw error
    throw boundFault(error.sentence, error)
  }
  throw new TypeError('the template worker has answered with something else')
}

function boundFault(message: string, cause?: SystemFault): RenderFault {
  const hint = 'look for a loop, a repetition or a replacement whose result grows without end'
  return new RenderFault({ code: 'template-invalid', message, hint, cause })
}

function isAnswer(answer: unknown): answer is TemplateAnswer {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    ['text', 'said', 'exhausted', 'tooLong'].some((outcome) => outcome in answer)
  )
}

/** The engine reports `undefined value (in template:3)`, then an excerpt that may show values. Only the first line is used. */
function templateFault(
  answer: string,
  source: string,
  file: string,
  { known, hidesValues }: { readonly known: readonly string[]; readonly hidesValues: boolean },
): RenderFault {
  const said = answer.split('\n')[0] ?? ''
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
  const told = hidesValues ? kindOfFault(what) : what
  return new RenderFault({
    code: 'template-invalid',
    message: `the template ${file} cannot be rendered: ${told}`,
    position: { file, line, column: 1 },
    source,
    hint:
      told === what
        ? undefined
        : 'its values are secret: render with stub secrets to see the rest of the message',
  })
}

/** The kind of an error, such as `invalid operation`: the engine names it first. A syntax error has no values in it. */
function kindOfFault(what: string): string {
  return what.startsWith('syntax error') ? what : (/^[a-z ]+(?=:|$)/u.exec(what)?.[0] ?? 'an error')
}

/** The first name in a `{{ }}` or `{% %}` of the line that is not a value. */
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
