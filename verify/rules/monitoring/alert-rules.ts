import type { Found, JsonObject, Loaded, Rule, World } from '../../types.ts'
import { objectOf, objectsAt, objectsOf, textAt, textOf } from '../../values.ts'

type Written = { readonly on: Loaded; readonly path: string; readonly rule: JsonObject; readonly name: string }

const rulesOf = (world: World): readonly Written[] =>
  world.ofKind('PrometheusRule', 'monitoring.coreos.com').flatMap((on) =>
    objectsAt(on.manifest, 'spec.groups').flatMap((group, g) =>
      objectsOf(group.rules).map((rule, r) => ({
        on,
        path: `spec.groups[${g}].rules[${r}]`,
        rule,
        name: textOf(rule.alert) ?? textOf(rule.record) ?? 'without a name',
      })),
    ),
  )

const alertsOf = (world: World) => rulesOf(world).filter(({ rule }) => rule.alert !== undefined)

const quotes = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** Whether every bracket of an expression is closed, strings left out. */
const isBalanced = (expression: string): boolean => {
  const open: string[] = []
  for (const sign of expression.replaceAll(quotes, '').replaceAll(/#.*$/gm, '')) {
    if ('([{'.includes(sign)) open.push(sign)
    else if (closing[sign] !== undefined && open.pop() !== closing[sign]) return false
  }
  return open.length === 0
}

/** The operator refuses a whole object for one expression it cannot read. */
export const alertRuleUnreadable: Rule = {
  id: 'alert-rule-unreadable',
  severity: 'error',
  about: 'Every alert or recording rule has an expression whose brackets match.',
  check: (world) =>
    rulesOf(world).flatMap(({ on, path, rule, name }): readonly Found[] => {
      const expression = textOf(rule.expr) ?? String(rule.expr ?? '')
      if (expression.trim() !== '' && isBalanced(expression)) return []
      return [
        {
          on,
          path: `${path}.expr`,
          says: `No rule of ${on.ref.name} will be loaded: the expression of ${name} ${expression.trim() === '' ? 'is empty' : 'has brackets that do not match'}.`,
          fix: 'Correct the expression and run promtool check rules.',
        },
      ]
    }),
}

/** An alert without a severity is routed by nothing. */
export const alertSeverityMissing: Rule = {
  id: 'alert-severity-missing',
  severity: 'warning',
  about: 'Every alert has a severity that it can be routed by.',
  check: (world) =>
    alertsOf(world)
      .filter(({ rule }) => textAt(rule, 'labels.severity') === undefined)
      .map(({ on, path, name }) => ({
        on,
        path: `${path}.labels`,
        says: `${name} will reach whoever gets all the rest: it has no label severity to be routed by.`,
        fix: 'Set labels.severity.',
      })),
}

/** An alert that fires at once fires at every scrape that fails. */
export const alertUndamped: Rule = {
  id: 'alert-undamped',
  severity: 'note',
  about: 'No alert fires on a single sample.',
  check: (world) =>
    alertsOf(world)
      // an expression over a range is damped by its range, a constant always fires and is meant to
      .filter(({ rule }) => rule.for === undefined && !/\[\d|^\s*vector\(/.test(String(rule.expr)))
      .map(({ on, path, name }) => ({
        on,
        path: `${path}.for`,
        says: `${name} fires on a single sample, also when the next one is good again.`,
        fix: 'Set for.',
      })),
}

/** Whoever is woken must be told what is wrong. */
export const alertUnexplained: Rule = {
  id: 'alert-unexplained',
  severity: 'note',
  about: 'Every alert says what is wrong.',
  check: (world) =>
    alertsOf(world)
      .filter(({ rule }) => {
        const { summary, description } = objectOf(rule.annotations)
        return summary === undefined && description === undefined
      })
      .map(({ on, path, name }) => ({
        on,
        path: `${path}.annotations`,
        says: `Whoever is called by ${name} is told its name only: it has neither summary nor description.`,
        fix: 'Set annotations.summary.',
      })),
}
