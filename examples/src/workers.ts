import { fileURLToPath } from 'node:url'
import { startPostgres } from '@vitrine/embedded-postgres'
import { runWorkers } from './workers/run-workers.js'

const seconds = Number(process.argv[2] ?? 60)
const given = process.env.VITRINE_POSTGRES_URL
const server = given ? undefined : await startPostgres()
console.log(`Three processes, one marketplace on PostgreSQL; one of them is killed every second, ${seconds} times.`)
const { found, wrong } = await runWorkers({
  url: given ?? server!.url,
  schema: `workers ${Date.now()}`,
  program: fileURLToPath(new URL('worker.js', import.meta.url)),
  seconds,
  write: (line) => console.log(line),
})
console.log(found)
console.log(wrong.length === 0 ? 'Nothing is lost, nothing differs, nothing was sent too often.' : wrong.join('\n'))
process.exitCode = wrong.length === 0 ? 0 : 1
await server?.close()
