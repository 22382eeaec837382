/** Seconds in each unit that the kernel names. */
const SECONDS: Record<string, number> = { ms: 1e-3, s: 1, min: 60, h: 3600, d: 86400 };

/** The time axis of the input, as `TimeAxis` has it in the kernel. */
export interface TimeAxis {
  n: number;
  step: number;
  unit: string;
}

/** A time in words, the same words as `TimeAxis.text` finds. */
export function timeText(time: number, { n, step, unit }: TimeAxis): string {
  if (!(unit in SECONDS)) {
    return `t ${time}`;
  }
  const stepSeconds = step * SECONDS[unit];
  if (n * stepSeconds >= 3600 && stepSeconds >= 1 && unit !== 'd') {
    return clock(Math.round(time * stepSeconds), stepSeconds % 60 === 0);
  }
  return `${Number((time * step).toPrecision(6))} ${unit}`;
}

function clock(seconds: number, wholeMinutes: boolean): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60) % 60;
  const parts = [Math.floor(seconds / 3600), minutes, ...(wholeMinutes ? [] : [seconds % 60])];
  return `${parts.map(two).join(':')} h`;
}

/** Where the positions of a layer stand, as `Grid` has it in the kernel. */
export interface Grid {
  n: number;
  nTimes: number;
  edge: number;
  apart: number;
}

/** Which position of a layer covers the input time; the nearest one where none does. */
export function positionOf(time: number, { n, edge, apart }: Grid): number {
  return Math.max(0, Math.min(Math.floor((time - edge) / apart), n - 1));
}

/** First and last input time that a position covers. */
export function spanOf(position: number, grid: Grid): [number, number] {
  const edge = grid.edge + position * grid.apart;
  const [start, end] = [Math.ceil(edge), Math.ceil(edge + grid.apart)];
  const nearest = start === end ? Math.ceil(edge + grid.apart / 2 - 0.5) : start;
  const first = Math.min(Math.max(nearest, 0), grid.nTimes - 1);
  return [first, Math.min(Math.max(end, first + 1), grid.nTimes) - 1];
}

/** Where the cursor stands for a position: in the middle of what it covers, in units of the time axis. */
export function middleOf(position: number, { edge, apart }: Grid, step: number): number {
  return (edge + (position + 0.5) * apart) * step;
}

/** The times of a position in words: one, or first and last. */
export function spanText(position: number, grid: Grid, axis: TimeAxis): string {
  const [first, last] = spanOf(position, grid);
  return last > first ? `${timeText(first, axis)} to ${timeText(last, axis)}` : timeText(first, axis);
}
