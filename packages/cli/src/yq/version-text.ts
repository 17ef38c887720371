import { createRequire } from 'node:module'

/** The release of yq whose bytes this command gives. */
const COMPATIBLE_WITH = 'v4.53.6'

export function versionText(): string {
  const { version } = createRequire(import.meta.url)('overlay-render/package.json') as { version: string }
  return `overlay-render yq ${version}, compatible with yq (https://github.com/mikefarah/yq/) version ${COMPATIBLE_WITH}\n`
}
