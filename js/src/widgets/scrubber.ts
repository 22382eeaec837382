import type { AnyModel, InitializeProps, RenderProps } from '@anywidget/types';
import { coalesce } from './_frame';
import { moveTo, resolve } from './_models';
import { timeText } from './_time';

/** Moves the cursors whenever the time changes, whoever changed it; lives with the model, not with its views. */
function initialize({ model, signal }: InitializeProps): void {
  let cursors: AnyModel[] = [];
  const move = coalesce(() => moveTo(cursors, model.get('time') * model.get('step')));
  const find = async (): Promise<void> => {
    cursors = await resolve(model, model.get('cursors'));
    move();
  };
  model.on('change:time', move);
  model.on('change:step', move);
  model.on('change:cursors', find);
  signal.addEventListener('abort', () => (cursors = []));
  void find();
}

function render({ model, el, signal }: RenderProps): void {
  const input = document.createElement('input');
  input.type = 'range';
  input.className = model.get('input_class');
  input.setAttribute('aria-label', model.get('label'));
  // JupyterLab takes the arrow keys away from inputs inside a notebook's output unless told not to
  input.setAttribute('data-lm-suppress-shortcuts', 'true');
  const text = document.createElement('output');
  text.className = 'nbdebug-time-text';
  el.classList.add('nbdebug-scrubber');
  el.append(input, text);

  let resting: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    input.max = String(model.get('n_times') - 1);
    input.value = String(model.get('time'));
    input.disabled = model.get('disabled');
    const words = timeText(model.get('time'), {
      n: model.get('n_times'),
      step: model.get('step'),
      unit: model.get('unit')
    });
    text.textContent = input.disabled ? 'no time axis' : words;
    input.setAttribute('aria-valuetext', text.textContent);
  };
  const rest = (): void => {
    clearTimeout(resting);
    if (resting !== undefined && model.get('committed') !== model.get('time')) {
      model.set('committed', model.get('time'));
      model.save_changes();
    }
    resting = undefined;
  };
  input.addEventListener('input', () => {
    model.set('time', Number(input.value));
    clearTimeout(resting);
    resting = setTimeout(rest, model.get('rest_ms'));
  });
  input.addEventListener('pointerup', rest);
  input.addEventListener('blur', rest);
  for (const name of ['time', 'n_times', 'step', 'unit', 'disabled']) {
    model.on(`change:${name}`, show);
  }
  signal.addEventListener('abort', () => {
    clearTimeout(resting);
    model.off(null, show);
  });
  show();
}

export default { initialize, render };
