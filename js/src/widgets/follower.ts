import type { AnyModel, InitializeProps } from '@anywidget/types';
import { coalesce, later } from './_frame';
import { moveTo, resolve } from './_models';
import { bytes, dequantise, floats, inflate, rowOf, steps } from './_profile';
import type { Codes } from './_profile';
import { middleOf, positionOf, spanText } from './_time';

interface Followed {
  scrubber?: AnyModel;
  marks: AnyModel[];
  cursors: AnyModel[];
  caption?: AnyModel;
}

const NOTHING: Codes = { codes: bytes(null), rows: 0, units: 0, scale: floats(null), offset: floats(null) };

async function heldBy(model: AnyModel): Promise<Codes> {
  const [rows, units] = model.get('shape');
  const [scale, offset] = [floats(model.get('scale')), floats(model.get('offset'))];
  return rows ? { codes: await inflate(bytes(model.get('codes'))), rows, units, scale, offset } : NOTHING;
}

/** What the caption says of the profile on show. */
export function captionOf(of: string, when: string, exact: boolean, shared: number): string {
  const pooled = shared > 1 ? ` · largest of ${shared} positions` : '';
  const approximate = " · approximate to 1/255 of each unit's range";
  return `${of} at ${when}${exact ? '' : pooled + approximate}`;
}

function initialize({ model, signal }: InitializeProps): void {
  let held = NOTHING;
  let asked = 0;
  let followed: Followed = { marks: [], cursors: [] };

  const draw = (): void => {
    const { scrubber, marks, cursors, caption } = followed;
    const n = model.get('n_positions');
    if (!scrubber || n === 0) {
      return;
    }
    const axis = { n: scrubber.get('n_times'), step: scrubber.get('step'), unit: scrubber.get('unit') };
    const grid = { n, nTimes: axis.n, edge: model.get('edge'), apart: model.get('apart') };
    const position = positionOf(scrubber.get('time'), grid);
    moveTo(cursors, middleOf(position, grid, axis.step));
    if (held.rows === 0) {
      return;
    }
    const exact = model.get('exact_at') === position;
    const row = rowOf(position, held.rows, n);
    const profile = exact ? floats(model.get('exact')) : dequantise(held, row);
    for (const mark of marks) {
      mark.set('y', steps(profile));
    }
    const shared = Math.ceil(n / held.rows);
    caption?.set('value', captionOf(model.get('of'), spanText(position, grid, axis), exact, shared));
  };
  const redraw = coalesce(draw);
  const hold = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    held = NOTHING;
    const found = await heldBy(model);
    if (mine === asked) {
      held = found;
      redraw();
    }
  };
  // one message changes several of these traits: once it has been taken in whole, look once
  const holdOnce = later(() => void hold(), queueMicrotask);
  const follow = async (): Promise<void> => {
    const one = async (name: string): Promise<AnyModel | undefined> =>
      model.get(name) ? (await resolve(model, [model.get(name)]))[0] : undefined;
    followed.scrubber?.off('change:time', redraw);
    const [scrubber, caption] = await Promise.all([one('scrubber'), one('caption')]);
    const [marks, cursors] = await Promise.all([resolve(model, model.get('marks')), resolve(model, model.get('cursors'))]);
    followed.scrubber?.off('change:time', redraw);
    if (signal.aborted) {
      return;
    }
    followed = { scrubber, marks, cursors, caption };
    scrubber?.on('change:time', redraw);
    redraw();
  };
  for (const name of ['scrubber', 'marks', 'cursors', 'caption']) {
    model.on(`change:${name}`, follow);
  }
  for (const name of ['codes', 'scale', 'offset', 'shape']) {
    model.on(`change:${name}`, holdOnce);
  }
  for (const name of ['n_positions', 'edge', 'apart', 'of', 'exact', 'exact_at']) {
    model.on(`change:${name}`, redraw);
  }
  signal.addEventListener('abort', () => followed.scrubber?.off('change:time', redraw));
  void hold();
  void follow();
}

function render({ el }: { el: HTMLElement }): void {
  el.style.display = 'none';
}

export default { initialize, render };
