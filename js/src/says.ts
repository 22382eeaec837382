import { Widget } from '@lumino/widgets';
import type { Action, Showing } from './states';

/** A sentence, the line to run where there is one, and the button of the one next action. */
export class Says extends Widget {
  constructor(showing: Showing, act: (action: Action) => void) {
    super();
    this.addClass('nbdebug-says');
    this._append('p', showing.text);
    const action = showing.action;
    if (action) {
      if ('line' in action) {
        this._append('code', action.line);
      }
      const button = this._append('button', action.label);
      button.addEventListener('click', () => act(action));
    }
    this.node.setAttribute('role', 'status');
  }

  private _append(tag: string, text: string): HTMLElement {
    const element = document.createElement(tag);
    element.textContent = text;
    this.node.append(element);
    return element;
  }
}
