import type { RenderProps } from '@anywidget/types';
import { pathOf, stepped, toData, toPlace } from './_lasso';
import type { Place } from './_lasso';

const SVG = 'http://www.w3.org/2000/svg';
const APART_PX = 3;
const FEWEST = 3;

function drawn<K extends keyof SVGElementTagNameMap>(tag: K, name: string): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  made.setAttribute('class', name);
  return made;
}

/**
 * A closed line over a plot, drawn by hand or corner by corner with the keyboard.
 *
 * It covers its parent, margins of the plot too, so that a line can begin beyond the points that it is to hold.
 */
function render({ model, el, signal }: RenderProps): void {
  const plot = drawn('svg', 'nbdebug-lasso-plot');
  const line = drawn('path', 'nbdebug-lasso-line');
  const cross = drawn('path', 'nbdebug-lasso-cross');
  const said = document.createElement('output');
  plot.setAttribute('viewBox', '0 0 1 1');
  plot.setAttribute('preserveAspectRatio', 'none');
  plot.append(line, cross);
  said.className = 'nbdebug-lasso-said';
  el.classList.add('nbdebug-lasso');
  el.tabIndex = 0;
  el.setAttribute('role', 'application');
  el.setAttribute('data-lm-suppress-shortcuts', 'true');
  el.append(plot, said);

  let begun: Place[] = [];
  let pointer: number | undefined;
  let cursor: Place | undefined;

  const show = (): void => {
    const kept = model.get('corners').map((corner: number[]) => toPlace(corner, model.get('bounds')));
    el.hidden = !model.get('asked');
    el.setAttribute('aria-label', model.get('label'));
    const { top, right, bottom, left } = model.get('margin');
    Object.assign(plot.style, { left: `${left}px`, top: `${top}px` });
    Object.assign(plot.style, { width: `calc(100% - ${left + right}px)`, height: `calc(100% - ${top + bottom}px)` });
    line.setAttribute('d', begun.length ? pathOf(begun, pointer !== undefined) : pathOf(kept, true));
    cross.setAttribute('d', cursor ? crossAt(cursor) : '');
    said.textContent = cursor ? sayAt(cursor, begun.length) : '';
  };
  const sayAt = (place: Place, n: number): string => {
    const [x, y] = toData(place, model.get('bounds')).map(value => Number(value.toPrecision(3)));
    return `${x}, ${y}${n ? `; corner ${n}` : ''}`;
  };
  const keep = (places: Place[]): void => {
    begun = [];
    pointer = undefined;
    model.set('corners', places.length < FEWEST ? [] : places.map(place => toData(place, model.get('bounds'))));
    model.save_changes();
    show();
  };
  const drop = (): void => {
    begun = [];
    pointer = undefined;
    show();
  };
  const placeOf = (event: PointerEvent): Place => {
    const box = plot.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const isApart = (place: Place): boolean => {
    const box = plot.getBoundingClientRect();
    const [across, down] = begun[begun.length - 1]!;
    return Math.hypot((place[0] - across) * box.width, (place[1] - down) * box.height) >= APART_PX;
  };

  el.addEventListener('pointerdown', event => {
    if (pointer !== undefined || event.button !== 0) {
      return;
    }
    event.preventDefault();
    el.focus({ preventScroll: true });
    el.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    cursor = undefined;
    begun = [placeOf(event)];
    show();
  });
  el.addEventListener('pointermove', event => {
    if (event.pointerId !== pointer) {
      return;
    }
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const place of (passed.length ? passed : [event]).map(placeOf)) {
      if (isApart(place)) {
        begun.push(place);
      }
    }
    show();
  });
  el.addEventListener('pointerup', event => event.pointerId === pointer && keep(begun));
  el.addEventListener('pointercancel', event => event.pointerId === pointer && drop());
  el.addEventListener('keydown', event => {
    const held = pointer !== undefined;
    const goal = held ? undefined : stepped(cursor ?? [0.5, 0.5], event.key, event.shiftKey);
    if (goal) {
      cursor = goal;
      show();
    } else if (event.key === 'Escape') {
      cursor = undefined;
      begun.length ? drop() : keep([]);
    } else if (event.key === ' ' && !held) {
      cursor = cursor ?? [0.5, 0.5];
      begun.push(cursor);
      show();
    } else if (event.key === 'Backspace' && !held) {
      begun.pop();
      show();
    } else if (event.key === 'Enter' && begun.length >= FEWEST && !held) {
      keep(begun);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  const asked = (): void => {
    cursor = undefined;
    drop();
    if (model.get('asked')) {
      el.focus({ preventScroll: true });
    }
  };
  model.on('change:asked', asked);
  ['corners', 'bounds', 'label', 'margin'].forEach(name => model.on(`change:${name}`, show));
  signal.addEventListener('abort', () => [asked, show].forEach(heard => model.off(null, heard)));
  show();
}

function crossAt([across, down]: Place): string {
  const arm = 0.03;
  return `M${across - arm},${down}H${across + arm}M${across},${down - arm}V${down + arm}`;
}

export default { render };
