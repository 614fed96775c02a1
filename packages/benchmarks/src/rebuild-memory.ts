// The child of `rebuild-all`: rebuilds all views of the log in the file that it is given, and says what that took.
import { rebuild } from './ours/rebuild.js'

console.log(JSON.stringify(await rebuild(process.argv[2] ?? '')))
