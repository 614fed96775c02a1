import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from '@vitrine/child-processes'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { runWorkers } from './workers/run-workers.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-worker-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A minute is what is promised; it is run so where there is time for it. */
const seconds = Number(process.env.VITRINE_WORKERS_SECONDS ?? 8)

describe('three processes on PostgreSQL, of which one is killed every second', () => {
  it(
    'lose nothing that was acknowledged; no view differs from a fresh fold; no message is lost, or sent more often than it was tried',
    async () => {
      const { found, wrong } = await runWorkers({
        url: await postgresForTests(),
        schema: `workers ${randomUUID()}`,
        program: await bundled('../examples/src/worker.ts', folder),
        seconds,
        write: () => undefined,
      })
      expect(wrong).toEqual([])
      expect(found.rejectedByTime).toBe(10)
      expect(found.acknowledged).toBeGreaterThan(20)
      expect(found.published).toBeGreaterThan(2)
      expect(found.messages).toBeGreaterThan(2)
    },
    120_000 + seconds * 3_000,
  )
})
