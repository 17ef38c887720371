import type { Capabilities } from '@overlay-render/yq'

/**
 * The capabilities of an expression, with the clock, the zone and the dice of the machine.
 *
 * @param onAsked called when the expression asks for one of these: its result can then differ between runs
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
