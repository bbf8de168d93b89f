import type { Json } from '../types.ts'

const special: Readonly<Record<string, Json>> = {
  '': null,
  '~': null,
  null: null,
  Null: null,
  NULL: null,
  ...Object.fromEntries(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true])),
  ...Object.fromEntries(
    ['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false]),
  ),
}

const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/
const OCTAL = /^[-+]?0o?[0-7_]+$/
const HEXADECIMAL = /^[-+]?0x[0-9a-fA-F_]+$/
const BINARY = /^[-+]?0b[01_]+$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

const integer = (text: string): number => {
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '')
  if (/^0[0-7]+$/.test(digits)) return sign * Number(`0o${digits.slice(1)}`)
  return sign * Number(digits)
}

/**
 * What an unquoted scalar means to kubectl, whose parser (sigs.k8s.io/yaml over go-yaml 2) keeps YAML 1.1's booleans
 * and octal numbers: `yes` is true and `0644` is 420, which the core schema of YAML 1.2 would not say.
 */
export const plainScalar = (text: string): Json => {
  const first = text.charCodeAt(0)
  const mayBeNumber = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46
  if (!mayBeNumber) return text.length <= 5 && Object.hasOwn(special, text) ? (special[text] ?? null) : text
  if (DECIMAL.test(text) || OCTAL.test(text) || HEXADECIMAL.test(text) || BINARY.test(text)) return integer(text)
  return FLOAT.test(text) ? Number(text) : text
}
