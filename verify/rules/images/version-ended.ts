import type { Loaded, Rule, World } from '../../types.ts'
import { textOf, valueAt } from '../../values.ts'
import { type Product, products } from './end-of-life.ts'
import { endedOn } from './ended-version.ts'
import { imagesOf } from './images-of.ts'

type Use = { readonly on: Loaded; readonly path: string; readonly version: string; readonly product: Product }

const byImage = (world: World): readonly Use[] =>
  imagesOf(world).flatMap(({ object, path, reference: { repository, tag } }) =>
    products
      .filter(({ repositories }) => tag !== undefined && repositories.includes(repository))
      .map((product) => ({ on: object, path, version: tag ?? '', product })),
  )

const byField = (world: World): readonly Use[] =>
  products.flatMap((product) =>
    Object.entries(product.fields).flatMap(([kind, path]) =>
      world.ofKind(kind).flatMap((object) => {
        const version = textOf(valueAt(object.manifest, path))
        return version === undefined ? [] : [{ on: object, path, version, product }]
      }),
    ),
  )

/** Versions that get no more fixes. */
export const versionEnded: Rule = {
  id: 'version-ended',
  severity: 'warning',
  about: 'No version has passed the end of its life.',
  check: (world) =>
    [...byImage(world), ...byField(world)].flatMap(({ on, path, version, product }) => {
      const ended = endedOn(product, version, world.context.today)
      return ended === undefined
        ? []
        : [
            {
              on,
              path,
              says: `A hole found in ${product.name} ${version} stays open: the version has had no fixes since ${ended} at the latest.`,
              fix: `Go to ${product.name} ${product.instead}.`,
            },
          ]
    }),
}
