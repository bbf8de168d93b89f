import { both, type Change, camel, importing, insertAfter, kebab, template, WrongWords } from './change.ts'
import { serviceOf } from './route.ts'

/** `npm run new -- topic <publisher>/<name> <consumer>`: a topic that one service publishes and another consumes. */
export const newTopic = (words: readonly string[]): Change => {
  const [publisher, name] = serviceOf(words[0], 'A topic')
  const [consumer] = serviceOf(`${words[1] ?? ''}/${name}`, 'The consumer of a topic')
  if (consumer === publisher) throw new WrongWords(`${publisher} publishes ${name}: another service consumes it.`)
  const key = camel(kebab(name, 'The name of a topic'))
  const declared = importing(`import { ${key} } from '../topics/${name}.ts'`)
  return {
    created: {
      [`system/topics/${name}.ts`]: template('topic.ts', name),
      [`services/${consumer}/consumers/${name}.ts`]: template('consumer.ts', name),
    },
    edited: {
      [`system/services/${publisher}.ts`]: both(insertAfter('publishes: {', ` ${key},`), declared),
      [`system/services/${consumer}.ts`]: both(insertAfter('consumes: {', ` ${key},`), declared),
      [`services/${consumer}/implementation.ts`]: both(
        insertAfter('consumers: {', ` ${key},`),
        importing(`import { ${key} } from './consumers/${name}.ts'`),
      ),
    },
    next: [
      `Say in system/topics/${name}.ts what the fact holds, and inside which key its order is kept.`,
      `Publish it in ${publisher} with context.publish(tx, '${key}', …), in the transaction of the change.`,
    ],
  }
}
