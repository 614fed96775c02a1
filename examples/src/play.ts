import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { play } from './play/run.js'

const help = `npm start -- [--data FOLDER] [--listings FOLDER]
  --data      where a new folder for the files of this run is made; examples/data by default
  --listings  where the listing files are; examples/listings by default`

try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: beside('data') },
      listings: { type: 'string', default: beside('listings') },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) console.log(help)
  else await play({ ...values, write: (line) => console.log(line) })
} catch (fault) {
  // What Node and the store say of a wrong option or folder is a sentence; anything else is a bug, with its trace.
  console.error(fault instanceof Error && 'code' in fault ? `${fault.message}\n\n${help}` : fault)
  process.exitCode = 1
}

function beside(folder: string): string {
  return fileURLToPath(new URL(`../${folder}`, import.meta.url))
}
