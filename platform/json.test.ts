import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Invalid } from './errors.ts'
import { readJson } from './json.ts'

/** The one name that is refused by itself: values that hold it, at any depth, are not what these properties are about. */
const forbidden = (text: string): boolean => text.includes('"__proto__":')

const fault = (bytes: Buffer | string): string | undefined => {
  try {
    readJson(Buffer.from(bytes as string))
    return undefined
  } catch (error) {
    assert.ok(error instanceof Invalid)
    return error.faults[0]?.code
  }
}

test('whatever JSON writes is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value)
      fc.pre(!forbidden(text))
      assert.deepEqual(readJson(Buffer.from(text)), JSON.parse(text))
      assert.deepEqual(readJson(Buffer.from(JSON.stringify(value, null, 2))), JSON.parse(text))
    }),
  )
})

test('a name that is given twice is found, however it is written', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue({ maxDepth: 2 }), (name, value) => {
      const escaped = name.replace(/[^]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
      const pair = `${JSON.stringify(name)}:${JSON.stringify(value)}`
      fc.pre(!forbidden(pair))
      assert.equal(fault(`[{"x\\"": 1}, {${pair}, "${escaped}" : 2}]`), 'json.name-twice')
      assert.equal(fault(`{"a": {${pair}}, "b": [{${pair}}]}`), undefined)
    }),
  )
})

test('what cannot be read says why', () => {
  const cases: readonly (readonly [Buffer | string, string | undefined])[] = [
    ['', undefined],
    ['null', undefined],
    ['"a:{[\\"\\\\"', undefined],
    ['{"a":', 'json.broken'],
    ["{'a': 1}", 'json.broken'],
    ['{"a": 1,}', 'json.broken'],
    ['{"a": NaN}', 'json.broken'],
    ['"a\u0000b"', 'json.broken'],
    ['{"a":1}{"a":1}', 'json.broken'],
    ['{"\\u005f_proto__": {"admin": true}}', 'json.name-forbidden'],
    [Buffer.from([0x22, 0xff, 0x22]), 'text.not-utf8'],
    [Buffer.from([0x22, 0xc0, 0x80, 0x22]), 'text.not-utf8'],
    [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'text.not-utf8'],
    [Buffer.from('{"a":1}', 'utf16le'), 'json.broken'],
    ['['.repeat(32) + ']'.repeat(32), undefined],
    ['['.repeat(33) + ']'.repeat(33), 'json.too-deep'],
    ['{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000), 'json.too-deep'],
  ]
  for (const [text, code] of cases) assert.equal(fault(text), code, text.toString().slice(0, 40))
})
