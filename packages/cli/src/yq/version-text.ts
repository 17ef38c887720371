/** The release of yq whose bytes this command gives. */
const COMPATIBLE_WITH = 'v4.53.6'

/** yq's own line: scripts look in it for the version that they need. `overlay-render --version` tells ours. */
export function versionText(): string {
  return `yq (https://github.com/mikefarah/yq/) version ${COMPATIBLE_WITH}\n`
}
