import type { Rule } from '@overlay-render/check'
import type { Finding } from '@overlay-render/system'

import { inlineScripts } from './inline-scripts.ts'
import { example, type ProwCheck } from './prow-check.ts'
import { commandLines } from './command-lines.ts'

const NAME = 'line-continuation'
/** An option, such as `-b` or `--dry-run=false`. */
const OPTION = /^--?[a-z][\w-]*(?:[=\s]|$)/iu

/** A space that a backslash makes part of the next word: YAML joined the lines of a script. */
const JOINED = /\s\\ +(--?[a-z][\w-]*)/iu

interface BrokenOption {
  readonly problem: string
  readonly hint: string
}

/** The first option of a script that is no option of its command. */
function brokenOption(script: string): BrokenOption | undefined {
  const alone = commandLines(script).find((line, index) => index > 0 && OPTION.test(line))
  if (alone !== undefined) {
    return {
      problem: `runs the option ${alone.split(/[\s=]/u)[0] ?? alone} as a command`,
      hint: 'end the line before it with a backslash, without spaces after it',
    }
  }
  const joined = script.includes('\n') ? undefined : JOINED.exec(script)?.[1]
  if (joined === undefined) return undefined
  return {
    problem: `has a backslash and a space before ${joined}, so the space is a part of the word: YAML joined its lines`,
    hint: 'write the script as a block with |, which keeps its lines',
  }
}

/** Scripts in which an option is not read as one. */
export const lineContinuation: Rule<ProwCheck> = {
  name: NAME,
  severity: 'error',
  doc: 'The lines of a script are not continued as they should be: the backslash before an option is missing, so the shell runs the option as a command; or YAML joined the lines, so that a backslash is before a space.',
  check({ prow }) {
    const seen = new Map<string, BrokenOption | undefined>()
    return prow.jobs.flatMap((job) =>
      inlineScripts(job).flatMap((script): Finding[] => {
        if (!seen.has(script)) seen.set(script, brokenOption(script))
        const broken = seen.get(script)
        if (broken === undefined) return []
        return [
          {
            rule: NAME,
            severity: 'error',
            message: `a script of ${job.name} ${broken.problem}`,
            position: prow.origins.positionOfField(job.written, 'spec') ?? job.position,
            hint: broken.hint,
          },
        ]
      }),
    )
  },
  examples: {
    fires: [
      example('an option without the backslash before it', {
        jobs: jobWith('make check \\', '  --a=b ', '  --dry-run=false'),
      }),
      example('a space after the backslash', { jobs: jobWith('git-pr.sh \\ ', '  -b main') }),
      example('lines that YAML joined', { jobs: jobWith('git-pr.sh \\ --command "make" \\ --branch main') }),
    ],
    silent: [
      example('an escaped space in a name', { jobs: jobWith('cat my\\ file -n') }),
      example('continued lines', { jobs: jobWith('make check \\', '  --a=b \\', '  --dry-run=false') }),
      example('an array', { jobs: jobWith('flags=(', '  --a=b', '  --c', ')', 'make "${flags[@]}"') }),
      example('a text', { jobs: jobWith('echo "options:', '  --help', '"') }),
      example('a here document', { jobs: jobWith('cat <<-EOF', '  --help', 'EOF') }),
      example('a comment that continues nothing', { jobs: jobWith('# \\', 'make check') }),
    ],
  },
}

/** A job that runs a script of these lines. */
function jobWith(...lines: readonly string[]): string {
  const spec = { containers: [{ image: 'i', command: ['bash', '-ce'], args: [lines.join('\n')] }] }
  return `presubmits: {o/r: [{name: a, always_run: true, spec: ${JSON.stringify(spec)}}]}`
}
