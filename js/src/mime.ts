import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { Signal } from '@lumino/signaling';
import type { RootModel } from './rootModel';
import type { Roots } from './roots';

export const MIME = 'application/vnd.nbdebug.session+json';

/** Below the rank of the widget view, which the same output carries for front ends without this extension. */
export const RANK = -20;

interface Data {
  stage: string;
  title: string;
}

/** One line in the notebook instead of the whole tree: the tree stands in the sidebar. */
class Line extends Widget implements IRenderMime.IRenderer {
  constructor(roots: Roots<RootModel>, mime: string, reveal: () => void) {
    super();
    this.addClass('nbdebug-line');
    this._roots = roots;
    this._mime = mime;
    this._button.textContent = 'Show';
    this._button.addEventListener('click', reveal);
    this.node.append(this._text, this._button);
    roots.changed.connect(this._write, this);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const data = model.data[this._mime] as Partial<Data> | undefined;
    this._data = { stage: String(data?.stage ?? ''), title: String(data?.title ?? 'The session') };
    this._write();
  }

  dispose(): void {
    Signal.clearData(this);
    super.dispose();
  }

  private _write(): void {
    const { stage, title } = this._data;
    const open = this._roots.some(root => root.stage === stage);
    this._text.textContent = open
      ? `${title} is open in the nbdebug sidebar.`
      : `${title} was open in the nbdebug sidebar. Run the cell to open it again.`;
    this._button.hidden = !open;
  }

  private readonly _roots: Roots<RootModel>;
  private readonly _mime: string;
  private readonly _text = document.createElement('span');
  private readonly _button = document.createElement('button');
  private _data: Data = { stage: '', title: '' };
}

export function lineFactory(roots: Roots<RootModel>, reveal: () => void): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [MIME],
    createRenderer: options => new Line(roots, options.mimeType, reveal)
  };
}
