import { build } from './build.js'

/** No end-to-end test may run the command from a stale bundle. */
export async function setup() {
  await build({ force: false })
}
