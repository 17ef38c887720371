/** A traversal that yields nested traversals: each runs to its end before the outer one continues. */
export type Walk = Generator<Walk, void>

/** Runs a traversal and its nested ones, without recursion. */
export function runWalk(start: Walk): void {
  const open = [start]
  for (let walk = open.at(-1); walk !== undefined; walk = open.at(-1)) {
    const step = walk.next()
    if (step.done === true) open.pop()
    else open.push(step.value)
  }
}
