import type { Loaded, World } from '../../types.ts'
import { textsIn } from '../../values.ts'
import { type ImageReference, parseImage } from './image-reference.ts'

/** An image that an object names. */
export type ImageUse = {
  readonly object: Loaded
  readonly path: string
  readonly text: string
  readonly reference: ImageReference
}

/** Kinds in which `image` is the name of a field, or text of another program. */
const without = new Set(['CustomResourceDefinition', 'ConfigMap', 'Secret', 'ExternalSecret'])

/** Every image that the objects name: in pod templates, and in the `image` and `imageName` of custom resources. */
export const imagesOf = (world: World): readonly ImageUse[] =>
  world.objects
    .filter(({ ref }) => !without.has(ref.kind))
    .flatMap((object) =>
      textsIn(object.manifest).flatMap(({ key, path, text }) =>
        (key === 'image' || key === 'imageName') && text !== '' && !text.includes('$')
          ? [{ object, path, text, reference: parseImage(text) }]
          : [],
      ),
    )
