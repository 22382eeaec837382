import type { AnyModel } from '@anywidget/types';

const PREFIX = 'IPY_MODEL_';

/** The models behind references of a trait; those that are gone are left out. */
export async function resolve(model: AnyModel, references: readonly string[]): Promise<AnyModel[]> {
  const found = references.map(reference => model.widget_manager.get_model(reference.slice(PREFIX.length)));
  const settled = await Promise.allSettled(found);
  return settled.flatMap(result => (result.status === 'fulfilled' && result.value ? [result.value] : []));
}

/** Moves vertical lines; their kernel side need not know. */
export function moveTo(lines: readonly AnyModel[], x: number): void {
  for (const line of lines) {
    line.set('x', new Float64Array([x, x]));
  }
}
