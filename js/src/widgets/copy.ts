import type { RenderProps } from '@anywidget/types';

const SHOWN_MS = 1200;

/** Copies text; the older way serves pages that are not secure, where the clipboard is out of reach. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** Two sheets, drawn, for fonts lack the sign. */
function sheets(): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('viewBox', '0 0 14 14');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', 'M4.5 4.5h7v8h-7z M2.5 9.5v-8h7');
  picture.append(path);
  return picture;
}

function render({ model, el, signal }: RenderProps): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'nbdebug-copy';
  button.append(sheets());
  const show = (): void => {
    button.title = `Copy ${model.get('what')}: ${model.get('text')}`;
    button.setAttribute('aria-label', button.title);
    button.disabled = !model.get('text');
  };
  button.addEventListener('click', async () => {
    const done = await copy(model.get('text'));
    button.textContent = done ? '✓' : '✗';
    button.focus();
    setTimeout(() => button.replaceChildren(sheets()), SHOWN_MS);
  });
  model.on('change:text', show);
  signal.addEventListener('abort', () => model.off('change:text', show));
  el.append(button);
  show();
}

export default { render };
