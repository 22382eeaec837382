/** A place on a plot in shares of it, from its left and its top; beyond its edges it is below 0 or above 1. */
export type Place = readonly [number, number];

/** What the axes go from and to: left, right, bottom, top. */
export type Bounds = readonly [number, number, number, number];

const STEP = 0.02;
const STRIDE = 0.1;
const BEYOND = 0.02;
const ARROWS: Record<string, Place> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The numbers at a place. */
export function toData([across, down]: Place, [left, right, bottom, top]: Bounds): [number, number] {
  return [left + across * (right - left), top - down * (top - bottom)];
}

/** Where two numbers are. */
export function toPlace([x, y]: readonly number[], [left, right, bottom, top]: Bounds): Place {
  return [(x! - left) / (right - left), (top - y!) / (top - bottom)];
}

/** The line through places, as an SVG path. */
export function pathOf(places: readonly Place[], closed: boolean): string {
  const line = places.map(([across, down]) => `${across.toFixed(5)},${down.toFixed(5)}`).join('L');
  return line && `M${line}${closed ? 'Z' : ''}`;
}

/** Where an arrow key leads, a little beyond the edges at most; undefined for other keys. */
export function stepped([across, down]: Place, key: string, far: boolean): Place | undefined {
  const arrow = ARROWS[key];
  const step = far ? STRIDE : STEP;
  const within = (share: number): number => Math.max(-BEYOND, Math.min(share, 1 + BEYOND));
  return arrow && [within(across + arrow[0] * step), within(down + arrow[1] * step)];
}
