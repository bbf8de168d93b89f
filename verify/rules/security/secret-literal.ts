import { containersOf, joined } from '../../pod-template.ts'
import type { Found, Loaded, Rule, World } from '../../types.ts'
import { objectOf, objectsOf, textOf, textsIn, textsOf } from '../../values.ts'
import { givesPassword, isSecretName, isWrittenOut, secretIn, secretSetting } from './secret-texts.ts'

const found = (on: Loaded, path: string, what: string): Found => ({
  on,
  path,
  says: `Everybody who can read the files, or their history, has ${what}.`,
  fix: 'Change the value, keep the new one in a secret manager and take it from a Secret that an ExternalSecret makes.',
})

const secrets = (world: World): readonly Found[] =>
  world
    .ofKind('Secret', '')
    .filter(({ manifest }) =>
      [manifest.data, manifest.stringData].some((data) => Object.keys(objectOf(data)).length > 0),
    )
    .map((secret) =>
      found(secret, secret.manifest.data === undefined ? 'stringData' : 'data', 'the values of this Secret'),
    )

const variables = (world: World): readonly Found[] =>
  world.pods
    .filter(({ modelled }) => !modelled)
    .flatMap((group) =>
      containersOf(group).flatMap(({ path, spec }) => [
        ...objectsOf(spec.env).flatMap(({ name, value }, index) =>
          isSecretName(String(name)) && isWrittenOut(textOf(value) ?? '')
            ? [found(group.owner, joined(path, `env[${index}].value`), `the value of ${name}`)]
            : [],
        ),
        ...(['command', 'args'] as const).flatMap((field) =>
          givesPassword(textsOf(spec[field]).join(' '))
            ? [found(group.owner, joined(path, field), 'the password of this command line')]
            : [],
        ),
      ]),
    )

const configuration = (world: World): readonly Found[] =>
  world.ofKind('ConfigMap', '').flatMap((map) =>
    Object.entries(objectOf(map.manifest.data)).flatMap(([key, text]) => {
      if (typeof text !== 'string' || secretIn(text) !== undefined) return []
      if (isSecretName(key) && isWrittenOut(text)) return [found(map, `data.${key}`, `the value of ${key}`)]
      const name = secretSetting(text)
      return name === undefined ? [] : [found(map, `data.${key}`, `the value of "${name}"`)]
    }),
  )

/** Names of properties that hold a password itself; `secret` and `token` often name an object instead. */
const passwordProperty = /(^|[/._-])(password|passwd|api[_-]?key)$/i

/** Kinds whose strings are judged by what they are for, or are descriptions. */
const judgedElsewhere = new Set(['Secret', 'ConfigMap', 'CustomResourceDefinition', 'ExternalSecret', 'KongVault'])

const properties = (object: Loaded, world: World): readonly Found[] =>
  object.ref.group === '' || object.ref.group === 'apps' || judgedElsewhere.has(object.ref.kind)
    ? []
    : textsIn(object.manifest).flatMap(({ key, path, text }) =>
        passwordProperty.test(key) && isWrittenOut(text) && !world.exists('Secret', object.ref.namespace, text)
          ? [found(object, path, `the value of "${key}"`)]
          : [],
      )

const shapes = (object: Loaded): readonly Found[] =>
  object.ref.kind === 'CustomResourceDefinition' || object.ref.kind === 'Secret'
    ? []
    : textsIn(object.manifest).flatMap(({ path, text }) => {
        const what = secretIn(text)
        return what === undefined ? [] : [found(object, path, what)]
      })

/** Passwords, keys and tokens that stand in the files. */
export const secretLiteral: Rule = {
  id: 'secret-literal',
  severity: 'error',
  about: 'No password, key or token stands in the files.',
  check: (world) => [
    ...secrets(world),
    ...variables(world),
    ...configuration(world),
    ...world.objects.flatMap((object) => [...properties(object, world), ...shapes(object)]),
  ],
}
