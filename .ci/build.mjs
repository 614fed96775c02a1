import { inOrder } from './sh.mjs'

inOrder(['tsup'], ['tsc', '-b'])
