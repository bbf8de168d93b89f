import { ruleFamilies } from '@knowton/verify'
import { both, type Change, camel, importing, insertAfter, kebab, template, WrongWords } from './change.ts'

/** `npm run new -- rule <family>/<id>`: a rule of the verifier with its test and its example. */
export const newRule = (words: readonly string[]): Change => {
  const [family = '', id] = (words[0] ?? '').split('/')
  if (!ruleFamilies.some(({ name }) => name === family)) {
    const known = ruleFamilies.map(({ name }) => name).join(', ')
    throw new WrongWords(`A rule is written <family>/<id>, and "${family}" is no family; there are ${known}.`)
  }
  const name = kebab(id, 'The id of a rule')
  const key = camel(name)
  const folder = `verify/rules/${family}`
  return {
    created: {
      [`${folder}/${name}.ts`]: template('rule.ts', name),
      [`${folder}/${name}.test.ts`]: template('rule.test.ts', name),
      [`${folder}/examples/${name}.yaml`]: template('rule.yaml', name),
    },
    edited: {
      [`${folder}/index.ts`]: both(
        insertAfter('Rules: readonly Rule[] = [', ` ${key},`),
        importing(`import { ${key} } from './${name}.ts'`),
      ),
    },
    next: [
      `Say in ${folder}/${name}.ts what is judged, what will happen and what to do; the example is the shortest manifest that it finds.`,
      'Add a way to break production that it catches to tools/verify/mutations/, if we render such objects.',
    ],
  }
}
