import type { Capabilities } from '@overlay-render/yq'

/**
 * Adds the clock, the time zone and the random numbers of this machine to the capabilities of an expression.
 *
 * @param onAsked called when the expression uses one of these: its result can then differ between runs
 */
export function machineCapabilities(
  capabilities: Capabilities,
  onAsked: () => void = () => undefined,
): Capabilities {
  return {
    ...capabilities,
    now: () => {
      onAsked()
      return new Date()
    },
    random: () => {
      onAsked()
      return Math.random()
    },
    get timeZone() {
      onAsked()
      return undefined
    },
  }
}
