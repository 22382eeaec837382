/** The code of NaN and Inf. */
export const NOT_FINITE = 255;

/** One layer's values as 8-bit codes, unit after unit, a row a group of positions, with a range for each unit. */
export interface Codes {
  codes: Uint8Array;
  rows: number;
  units: number;
  scale: Float32Array;
  offset: Float32Array;
}

/** Which row holds a position, where rows may be fewer than positions. */
export function rowOf(position: number, rows: number, nPositions: number): number {
  return rows >= nPositions ? position : Math.floor((position * rows) / nPositions);
}

/** The values of all units in a row. */
export function dequantise({ codes, rows, units, scale, offset }: Codes, row: number): Float32Array {
  const values = new Float32Array(units);
  for (let unit = 0; unit < units; unit++) {
    const code = codes[unit * rows + row];
    values[unit] = code === NOT_FINITE ? NaN : offset[unit] + scale[unit] * code;
  }
  return values;
}

/** The values with the last one twice, which a line of steps needs to end in a step. */
export function steps(values: Float32Array): Float32Array {
  const stepped = new Float32Array(values.length + 1);
  stepped.set(values);
  stepped[values.length] = values[values.length - 1];
  return stepped;
}

/** The bytes of a binary trait; views of it, no copy. */
export function bytes(data: DataView<ArrayBuffer> | undefined | null): Uint8Array<ArrayBuffer> {
  return data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array();
}

/** What was deflated (zlib). */
export async function inflate(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The numbers of a binary trait; copied, for a buffer may start off the four bytes that numbers need. */
export function floats(data: DataView<ArrayBuffer> | undefined | null): Float32Array {
  return new Float32Array(bytes(data).slice().buffer);
}
