import { run } from '@knowton/kit'
import { assetTokenization } from '@knowton/system'
import { implementation } from './implementation.ts'

await run(assetTokenization, implementation)
