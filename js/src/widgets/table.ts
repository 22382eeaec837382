import type { RenderProps } from '@anywidget/types';
import type { Column } from './_rows';

function cell(tag: 'td' | 'th', text: string, column: Column | undefined): HTMLTableCellElement {
  const made = document.createElement(tag);
  if (column?.align === 'right') {
    made.className = 'nbdebug-number';
  }
  made.textContent = text;
  made.title = text;
  return made;
}

function bar(length: number): HTMLSpanElement {
  const made = document.createElement('span');
  made.className = 'nbdebug-bar';
  made.style.width = `${(100 * length).toFixed(1)}%`;
  return made;
}

function render({ model, el, signal }: RenderProps): void {
  const table = document.createElement('table');
  table.className = 'nbdebug-table';
  el.append(table);
  const fill = (): void => {
    const columns: Column[] = model.get('columns');
    const rows: string[][] = model.get('rows');
    const bars: number[] = model.get('bars');
    table.replaceChildren();
    table.setAttribute('aria-label', model.get('label'));
    if (columns.some(column => column.title)) {
      const head = table.createTHead().insertRow();
      head.append(...columns.map(column => cell('th', column.title, column)));
    }
    const body = table.createTBody();
    rows.forEach((row, nth) => {
      const cells = row.map((text, index) => cell('td', text, columns[index]));
      body.insertRow().append(...cells);
      if (nth < bars.length) {
        cells[cells.length - 1]!.prepend(bar(bars[nth]!));
      }
    });
  };
  const traits = ['columns', 'rows', 'bars', 'label'];
  traits.forEach(name => model.on(`change:${name}`, fill));
  signal.addEventListener('abort', () => model.off(null, fill));
  fill();
}

export default { render };
