/** A walk that yields the walks below it: each is run to its end before the one that yielded it goes on. */
export type Walk = Generator<Walk, void>

/** Runs a walk and all that it yields. Nesting costs memory, but no call stack. */
export function runWalk(start: Walk): void {
  const open = [start]
  for (let walk = open.at(-1); walk !== undefined; walk = open.at(-1)) {
    const step = walk.next()
    if (step.done === true) open.pop()
    else open.push(step.value)
  }
}
