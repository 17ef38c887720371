import type { Capabilities } from '@overlay-render/yq'

/**
 * The capabilities of an expression, with the clock, the zone and the dice of the machine.
 *
 * @param onAsked told when the expression asks for one of these: what it makes is then not the same every time
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
