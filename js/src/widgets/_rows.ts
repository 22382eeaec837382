export interface Row {
  key: string;
  cells: string[];
  classes: string[];
  indent: number;
  mark: string | null;
  title: string;
  range: Range | null;
}

/** A value with its interval; where zero, the value and both ends lie, as shares of the width. */
export interface Range {
  zero: number;
  value: number;
  low: number;
  high: number;
}

export interface Column {
  title: string;
  align: string;
}

const SIGNS: Record<string, string> = { dead: '✕', constant: '■', saturated: '▲', 'not-finite': '!', healthy: '●' };

/** The rows whose text holds every word of the filter. */
export function matching(rows: Row[], filter: string): Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(row => {
    const text = row.cells.join(' ').toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** "showing 500 of 3,000", or nothing where all are shown. */
export function shownText(shown: number, total: number): string {
  return shown < total ? `showing ${shown.toLocaleString('en')} of ${total.toLocaleString('en')}` : '';
}

/** Which row an arrow key leads to; undefined for other keys. */
export function nextIndex(key: string, index: number, count: number): number | undefined {
  const goal = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: count - 1 }[key];
  return goal === undefined ? undefined : Math.max(0, Math.min(goal, count - 1));
}

/** The button of a row. All text is set as text: names and labels come from the user's data. */
export function button(row: Row, columns: Column[], rowClass: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.classList.add('nbdebug-row', ...[rowClass, ...row.classes].flatMap(name => name.split(/\s+/)).filter(Boolean));
  made.dataset.key = row.key;
  made.title = row.title;
  row.cells.forEach((text, index) => {
    const cell = document.createElement('span');
    cell.className = columns[index]?.align === 'right' ? 'nbdebug-cell nbdebug-number' : 'nbdebug-cell';
    if (index === 0) {
      cell.style.paddingInlineStart = `${row.indent}em`;
      if (row.mark) {
        cell.append(sign(row.mark));
      }
    }
    cell.append(document.createTextNode(text));
    made.append(cell);
  });
  if (row.range) {
    made.append(drawn(row.range));
  }
  return made;
}

/** A bar from zero to the value, and a line from one end of its interval to the other. */
function drawn(range: Range): HTMLSpanElement {
  const made = document.createElement('span');
  made.className = 'nbdebug-range';
  made.setAttribute('aria-hidden', 'true');
  made.append(piece('bar', range.zero, range.value), piece('interval', range.low, range.high), piece('zero', range.zero, range.zero));
  return made;
}

function piece(name: string, from: number, to: number): HTMLSpanElement {
  const made = document.createElement('span');
  made.className = `nbdebug-range-${name}`;
  made.style.left = `${(100 * Math.min(from, to)).toFixed(1)}%`;
  made.style.width = `${(100 * Math.abs(to - from)).toFixed(1)}%`;
  return made;
}

function sign(mark: string): HTMLSpanElement {
  const made = document.createElement('span');
  const kind = mark.replace(/\s+/g, '-').replace(/[^a-z-]/g, '');
  made.classList.add('nbdebug-mark', `nbdebug-mark-${kind}`);
  made.textContent = SIGNS[kind] ?? '●';
  made.setAttribute('role', 'img');
  made.setAttribute('aria-label', mark);
  made.title = mark;
  return made;
}
