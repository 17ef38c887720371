/** The version of yq whose output this command reproduces. */
const COMPATIBLE_WITH = 'v4.53.6'

/** The output of `--version` as yq prints it, since scripts check it for the version they need. `overlay-render --version` prints ours. */
export function versionText(): string {
  return `yq (https://github.com/mikefarah/yq/) version ${COMPATIBLE_WITH}\n`
}
