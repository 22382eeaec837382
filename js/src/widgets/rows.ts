import type { AnyModel, RenderProps } from '@anywidget/types';
import { button, matching, nextIndex, shownText } from './_rows';
import type { Column, Row } from './_rows';

class List {
  private readonly filter = document.createElement('input');
  private readonly head = document.createElement('div');
  private readonly body = document.createElement('div');
  private readonly foot = document.createElement('div');

  constructor(private readonly model: AnyModel, el: HTMLElement) {
    this.filter.type = 'search';
    this.filter.className = 'nbdebug-filter';
    this.filter.placeholder = 'filter';
    this.filter.setAttribute('aria-label', 'filter the rows');
    this.filter.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.filter.addEventListener('input', this.fill);
    this.head.className = 'nbdebug-rows-head';
    this.body.className = 'nbdebug-rows-body';
    this.body.setAttribute('role', 'group');
    this.body.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.body.addEventListener('click', this.picked);
    this.body.addEventListener('keydown', this.pressed);
    this.foot.className = 'nbdebug-caption';
    el.classList.add('nbdebug-rows');
    el.append(this.filter, this.body, this.foot);
  }

  readonly fill = (): void => {
    const rows: Row[] = this.model.get('rows');
    const columns: Column[] = this.model.get('columns');
    const cap: number = this.model.get('cap');
    this.filter.hidden = rows.length <= cap;
    const found = this.filter.hidden ? rows : matching(rows, this.filter.value);
    const focused = this.body.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.key
      : undefined;
    const shown = found.slice(0, cap).map(row => button(row, columns, this.model.get('row_class')));
    this.body.style.gridTemplateColumns = ['minmax(35%, 1fr)', ...columns.slice(1).map(() => 'minmax(0, max-content)')].join(' ');
    this.body.setAttribute('aria-label', this.model.get('label'));
    this.fillHead(columns);
    this.body.replaceChildren(...(this.head.hidden ? [] : [this.head]), ...shown);
    this.foot.textContent = rows.length ? shownText(shown.length, rows.length) : this.model.get('empty');
    this.foot.hidden = !this.foot.textContent;
    this.select();
    if (focused !== undefined) {
      shown.find(made => made.dataset.key === focused)?.focus();
    }
  };

  readonly select = (): void => {
    const selected = this.model.get('selected');
    const buttons = this.buttons();
    const pressed = buttons.find(made => made.dataset.key === selected);
    for (const made of buttons) {
      made.setAttribute('aria-pressed', String(made === pressed));
      made.tabIndex = -1;
    }
    const reached = pressed ?? buttons[0];
    if (reached) {
      reached.tabIndex = 0;
    }
    this.showRow(pressed);
  };

  /** Scrolls within the list only; the panel itself stays where it is. */
  private showRow(row: HTMLElement | undefined): void {
    if (!row) {
      return;
    }
    const [list, seen] = [this.body.getBoundingClientRect(), row.getBoundingClientRect()];
    if (seen.top < list.top) {
      this.body.scrollTop -= list.top - seen.top;
    } else if (seen.bottom > list.bottom) {
      this.body.scrollTop += seen.bottom - list.bottom;
    }
  }

  private fillHead(columns: Column[]): void {
    const cells = columns.map(column => {
      const cell = document.createElement('span');
      cell.className = column.align === 'right' ? 'nbdebug-cell nbdebug-number' : 'nbdebug-cell';
      cell.textContent = column.title;
      return cell;
    });
    this.head.replaceChildren(...cells);
    this.head.hidden = columns.every(column => !column.title);
  }

  private buttons(): HTMLButtonElement[] {
    return Array.from(this.body.querySelectorAll('button'));
  }

  private readonly picked = (event: Event): void => {
    const row = (event.target as Element).closest('button');
    if (row) {
      this.model.send({ kind: 'pick', key: row.dataset.key });
    }
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const buttons = this.buttons();
    const goal = nextIndex(event.key, buttons.indexOf(document.activeElement as HTMLButtonElement), buttons.length);
    if (goal === undefined || buttons.length === 0) {
      return;
    }
    event.preventDefault();
    for (const [index, made] of buttons.entries()) {
      made.tabIndex = index === goal ? 0 : -1;
    }
    buttons[goal].focus();
  };
}

function render({ model, el, signal }: RenderProps): void {
  const list = new List(model, el);
  const refill = ['rows', 'columns', 'row_class', 'cap', 'label', 'empty'];
  refill.forEach(name => model.on(`change:${name}`, list.fill));
  model.on('change:selected', list.select);
  signal.addEventListener('abort', () => {
    model.off(null, list.fill);
    model.off(null, list.select);
  });
  list.fill();
}

export default { render };
