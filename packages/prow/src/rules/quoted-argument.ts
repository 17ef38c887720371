import type { Rule } from '@overlay-render/check'
import { member, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { mapsOf, textsOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'

/** An option whose value is in quotes. */
const QUOTED = /^--?[\w-]+=(["'])[^"']*\1$/u
const SHELL = /(?:^|\/)(?:ba|da|k|z)?sh$/u

/** The first argument with quotes that no shell removes. */
function quotedIn(container: Value): string | undefined {
  const words = [...textsOf(container, 'command'), ...textsOf(container, 'args')]
  if (words.some((word) => SHELL.test(word))) return undefined
  return words.find((word) => QUOTED.test(word))
}

/** Arguments with quotes that the program sees. */
export const quotedArgument: Rule<ProwCheck> = {
  name: 'quoted-argument',
  severity: 'warning',
  doc: 'An argument of a job has quotes around the value of an option, and no shell removes them: the program reads them as a part of the value.',
  check: ({ prow }) =>
    prow.jobs.flatMap((job) =>
      mapsOf(member(job.job, 'spec'), 'containers').flatMap((container): Finding[] => {
        const word = quotedIn(container)
        if (word === undefined) return []
        return [
          {
            rule: 'quoted-argument',
            severity: 'warning',
            message: `${job.name} passes ${word} with its quotes, because no shell removes them`,
            position: prow.origins.positionOfField(job.written, 'spec') ?? job.position,
            hint: `write ${word.replaceAll(/["']/gu, '')}`,
          },
        ]
      }),
    ),
  examples: {
    fires: [example('quotes in a list of arguments', { jobs: jobWith(['autobump'], ['--config="a.yaml"']) })],
    silent: [
      example('no quotes', { jobs: jobWith(['autobump'], ['--config=a.yaml']) }),
      example('a shell', { jobs: jobWith(['bash', '-c'], ['--config="a.yaml"']) }),
      example('quotes inside of a value', { jobs: jobWith(['jq'], ['--arg=.a == "b"']) }),
    ],
  },
}

function jobWith(command: readonly string[], args: readonly string[]): string {
  const spec = { containers: [{ image: 'i', command, args }] }
  return `periodics: [{name: a, interval: 1h, spec: ${JSON.stringify(spec)}}]`
}
