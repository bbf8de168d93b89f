import { run } from '@knowton/kit'
import { creatorService } from '@knowton/system'
import { implementation } from './implementation.ts'

await run(creatorService, implementation)
