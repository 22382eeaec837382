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

function render({ model, el, signal }: RenderProps): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'nbdebug-copy';
  button.textContent = '⧉';
  const show = (): void => {
    button.title = `Copy this call: ${model.get('text')}`;
    button.setAttribute('aria-label', button.title);
    button.disabled = !model.get('text');
  };
  button.addEventListener('click', async () => {
    const done = await copy(model.get('text'));
    button.textContent = done ? '✓' : '✗';
    button.focus();
    setTimeout(() => (button.textContent = '⧉'), SHOWN_MS);
  });
  model.on('change:text', show);
  signal.addEventListener('abort', () => model.off('change:text', show));
  el.append(button);
  show();
}

export default { render };
