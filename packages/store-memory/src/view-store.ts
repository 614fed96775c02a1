import { droppedError, type ViewShape, type ViewStore, ViewStoreError } from '@vitrine/core'
import type { TableData } from './table-data.js'
import { viewTable } from './view-table.js'

export type Views = Map<string, TableData>

export function noViews(): Views {
  return new Map()
}

export function memoryViewStore(views: Views): ViewStore {
  let closed = false
  const checkOpen = () => {
    if (closed) throw new ViewStoreError('closed', 'The view store is closed. Open it again to go on.')
  }
  return {
    open: async (shape) => {
      checkOpen()
      const name = nameOf(shape.name, shape.version)
      const data = views.get(name) ?? { shape, documents: new Map(), checkpoint: undefined, live: undefined }
      checkShape(data.shape, shape)
      views.set(name, data)
      return viewTable(data, () => {
        checkOpen()
        if (views.get(name) !== data) throw droppedError(shape)
      })
    },
    list: async () => {
      checkOpen()
      return [...views.values()].map(({ shape, live }) => {
        return { name: shape.name, version: shape.version, live: live !== undefined }
      })
    },
    drop: async (name, version) => {
      checkOpen()
      views.delete(nameOf(name, version))
    },
    close: async () => {
      closed = true
    },
  }
}

function nameOf(name: string, version: number): string {
  return `${version} ${name}`
}

function checkShape(made: ViewShape, asked: ViewShape): void {
  const indexesOf = ({ indexes, exact }: ViewShape) => JSON.stringify([indexes, exact])
  if (made.text === asked.text && indexesOf(made) === indexesOf(asked)) return
  throw new ViewStoreError(
    'invalid',
    `View ${asked.name} version ${asked.version} was made with other indexes. Count its version up.`,
  )
}
