import { run } from '@knowton/kit'
import { hearer, hearerOf } from './toy-service.ts'

/** How many notes this process hears before it dies in the midst of a batch. */
const last = Number(process.env.DIE_AFTER ?? Number.POSITIVE_INFINITY)
let heard = 0

await run(
  hearer,
  hearerOf({
    onNoted: async () => {
      heard += 1
      if (heard === last) process.kill(process.pid, 'SIGKILL')
    },
  }),
)
