import { run } from '@knowton/kit'
import { marketplaceService } from '@knowton/system'
import { implementation } from './implementation.ts'

await run(marketplaceService, implementation)
