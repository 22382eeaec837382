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
  if (n * stepSeconds >= 3600 && stepSeconds >= 1) {
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

/** Which position of a layer covers the input time; the last one also covers what pooling left over. */
export function positionOf(time: number, span: number, nPositions: number): number {
  return Math.max(0, Math.min(Math.floor(time / Math.max(span, 1)), nPositions - 1));
}

/** First and last input time that a position covers. */
export function spanOf(position: number, span: number): [number, number] {
  return [position * span, (position + 1) * span - 1];
}

/** Where the cursor stands for a position: the middle of its span, in units of the time axis. */
export function middleOf(position: number, span: number, step: number): number {
  const [first, last] = spanOf(position, span);
  return ((first + last) / 2) * step;
}

/** The times of a position in words: one, or first and last. */
export function spanText(position: number, span: number, axis: TimeAxis): string {
  const [first, last] = spanOf(position, span);
  return span > 1 ? `${timeText(first, axis)} to ${timeText(last, axis)}` : timeText(first, axis);
}
