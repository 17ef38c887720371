import { member } from '@overlay-render/golden'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { mapsOf, textsOf } from '../jobs/repository.ts'

const SHELL = /(?:^|\/)(?:ba)?sh$/u

/** The scripts that a job passes to a shell with `-c`: the first word after the options in `bash -ce SCRIPT`. */
export function inlineScripts({ job }: EffectiveJob): string[] {
  return mapsOf(member(job, 'spec'), 'containers').flatMap((container) => {
    const words = [...textsOf(container, 'command'), ...textsOf(container, 'args')]
    const shell = words.findIndex((word) => SHELL.test(word))
    if (shell < 0) return []
    const option = words.findIndex((word, index) => index > shell && /^-[a-z]*c[a-z]*$/u.test(word))
    // The words in between must be options of the shell, such as `-o pipefail`.
    const between = words.slice(shell + 1, Math.max(option, 0))
    if (option < 0 || between.some((word) => !/^[-+]/u.test(word) && word !== 'pipefail')) return []
    const rest = words.slice(option + 1)
    const script = rest.find((word) => !/^-{1,2}[a-z]*$/u.test(word))
    return script === undefined ? [] : [script]
  })
}
