import { plus } from '../add.ts'
import { alternative } from '../alternative.ts'
import { addAssign, assign, multiplyAssign, subtractAssign } from '../assign.ts'
import { divide, modulo } from '../divide.ts'
import { multiply } from '../multiply.ts'
import { minus } from '../subtract.ts'
import { binary, Binding, CHANGES, type OperatorRows } from '../operator.ts'

/** Assignment and arithmetic. */
export const ARITHMETIC_OPERATORS: OperatorRows<
  | 'assign'
  | 'addAssign'
  | 'subtractAssign'
  | 'multiplyAssign'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'modulo'
  | 'alternative'
> = {
  assign: binary({ binding: Binding.assignment, evaluate: assign, traced: CHANGES }),
  addAssign: binary({ binding: Binding.assignment, evaluate: addAssign, traced: CHANGES }),
  subtractAssign: binary({ binding: Binding.assignment, evaluate: subtractAssign, traced: CHANGES }),
  multiplyAssign: binary({ binding: Binding.arithmetic, evaluate: multiplyAssign, traced: CHANGES }),
  add: binary({ binding: Binding.arithmetic, evaluate: plus }),
  subtract: binary({ binding: Binding.arithmetic, evaluate: minus }),
  multiply: binary({ binding: Binding.arithmetic, evaluate: multiply }),
  divide: binary({ binding: Binding.arithmetic, evaluate: divide }),
  modulo: binary({ binding: Binding.arithmetic, evaluate: modulo }),
  alternative: binary({ binding: Binding.arithmetic, evaluate: alternative }),
}
