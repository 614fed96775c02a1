import type { View, ViewDefinition } from '../view.js'

/** Declares a read model of a marketplace's own; the built-in ones are made by it too. */
export function defineView<Document extends object, Type extends string, Shown extends object = Document>(
  definition: ViewDefinition<Document, Type, Shown>,
): View<NoInfer<Document>, Type, NoInfer<Shown>> {
  return { audience: 'operator', indexes: [], ...definition }
}
