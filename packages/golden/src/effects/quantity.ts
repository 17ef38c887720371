/** Powers of ten and of two that Kubernetes quantities end in. */
const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** Whether a Kubernetes quantity such as `10Gi` is less than another; false when either is none. */
export function isSmallerQuantity(a: string, b: string): boolean {
  return quantity(a) < quantity(b)
}

function quantity(text: string): number {
  const [, digits = '', suffix = ''] = /^([-+]?[\d.]+(?:[eE][-+]?\d+)?)([A-Za-z]*)$/u.exec(text) ?? []
  const factor = Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : undefined
  return digits === '' || factor === undefined ? Number.NaN : Number(digits) * factor
}
