import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { play } from './play/run.js'

const beside = (folder: string) => fileURLToPath(new URL(`../${folder}`, import.meta.url))

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: beside('data') },
    listings: { type: 'string', default: beside('listings') },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log('npm start -- [--data FOLDER] [--listings FOLDER]')
  console.log('  --data      where a new folder for the SQLite files of this run is made; examples/data by default')
  console.log('  --listings  where the listing files are; examples/listings by default')
} else {
  await play({ ...values, write: (line) => console.log(line) })
}
