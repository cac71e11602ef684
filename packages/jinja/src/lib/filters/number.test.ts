import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
const context = { infinity: Number.POSITIVE_INFINITY }

function check(cases: readonly (readonly [expression: string, output: string])[]): void {
  it.each(cases)('{{ %s }} prints %j', (expression, output) => {
    expect(environment.fromString(`{{ ${expression} }}`).render(context)).toBe(output)
  })
}

describe('abs', () => {
  check([
    ['-3|abs', '3'],
    ['-2.5|abs', '2.5'],
    ['true|abs', '1'],
    ['(-2)**63|abs', '-9223372036854775808'],
    ['-0.0|abs', '0.0'],
  ])
})

describe('int', () => {
  check([
    ["'42'|int", '42'],
    ["'42.9'|int", '42'],
    ["'x'|int", '0'],
    ["'x'|int(7)", '7'],
    ["'0x1F'|int(base=16)", '31'],
    ['3.99|int', '3'],
    ['-3.99|int', '-3'],
    ["'1e3'|int", '1000'],
    ['none|int', '0'],
    ["' 1_0 '|int", '10'],
    ["'inf'|int(5)", '5'],
    ['[]|int', '0'],
    ['true|int', '1'],
    ["'1' * 30|int", '111111111111111111111111111111'],
    ["('1' * 30)|int", '111111111111111111111111111111'],
    ['1e20|int', '100000000000000000000'],
    ["'٣'|int", '3'],
    ["'<'|safe|int", '0'],
  ])
})

describe('float', () => {
  check([
    ["'42'|float", '42.0'],
    ["'x'|float", '0.0'],
    ["'x'|float(1)", '1'],
    ['3|float', '3.0'],
    ["'1e400'|float", 'inf'],
    ['none|float', '0.0'],
    ["' .5 '|float", '0.5'],
    ['true|float', '1.0'],
  ])
})

describe('round', () => {
  check([
    ['42.55|round', '43.0'],
    ["42.55|round(1, 'floor')", '42.5'],
    ["42.1|round(0, 'ceil')", '43.0'],
    ['2.5|round', '2.0'],
    ['3.5|round', '4.0'],
    ['-0.4|round', '-0.0'],
    ['42|round', '42'],
    ['1234|round(-2)', '1200'],
    ['1250|round(-2)', '1200'],
    ['2.675|round(2)', '2.67'],
    ["42|round(1, 'ceil')", '42.0'],
    ['42.55|round|int', '43'],
    ['1e300|round(2)', '1e+300'],
    ['true|round', '1'],
  ])
})

describe('filesizeformat', () => {
  check([
    ['1|filesizeformat', '1 Byte'],
    ['0|filesizeformat', '0 Bytes'],
    ['100|filesizeformat', '100 Bytes'],
    ['999|filesizeformat', '999 Bytes'],
    ['1000|filesizeformat', '1.0 kB'],
    ['1000000|filesizeformat', '1.0 MB'],
    ['(10**30)|filesizeformat', '1000000.0 YB'],
    ['1024|filesizeformat(true)', '1.0 KiB'],
    ['1048576|filesizeformat(true)', '1.0 MiB'],
    ["'300'|filesizeformat", '300 Bytes'],
    ['13000|filesizeformat', '13.0 kB'],
    ['-5|filesizeformat', '-5 Bytes'],
    ['1.5|filesizeformat', '1 Bytes'],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ["'x'|abs", 'TypeError', "bad operand type for abs(): 'str'"],
    ['missing|int', 'UndefinedError', "'missing' is undefined"],
    ['missing|float', 'UndefinedError', "'missing' is undefined"],
    ['infinity|int', 'OverflowError', 'cannot convert float infinity to integer'],
    ['(10**400)|float', 'OverflowError', 'int too large to convert to float'],
    ["'3.7'|round", 'TypeError', "type str doesn't define __round__ method"],
    ["1|round(1, 'bad')", 'FilterArgumentError', 'method must be common, ceil or floor'],
    ["1|round('x')", 'TypeError', "'str' object cannot be interpreted as an integer"],
    ["'x'|filesizeformat", 'ValueError', "could not convert string to float: 'x'"],
    ['[]|filesizeformat', 'TypeError', "float() argument must be a string or a real number, not 'list'"],
    ['missing|filesizeformat', 'UndefinedError', "'missing' is undefined"],
    ['missing|round', 'TypeError', "type Undefined doesn't define __round__ method"],
    ["infinity|round(0, 'floor')", 'OverflowError', 'cannot convert float infinity to integer'],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
