import { Panel, Widget } from '@lumino/widgets';
import { icon } from './icon';
import type { RootModel } from './rootModel';
import { Says } from './says';
import type { Action, Showing } from './states';

/** The right-hand sidebar: one body that shows a root's view, or says why there is none. */
export class Sidebar extends Panel {
  static readonly ID = 'nbdebug-sidebar';

  constructor(act: (action: Action) => void) {
    super();
    this.id = Sidebar.ID;
    this.title.icon = icon;
    this.title.caption = 'nbdebug: look into the model of this notebook';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'nbdebug');
    this._act = act;
    this._body.addClass('nbdebug-host');
    this.addWidget(this._body);
    this.display({ kind: 'waiting', text: 'Starting.' });
  }

  /** Show this; `root` is the one whose view to show when it is ready. */
  display(showing: Showing, root?: RootModel): void {
    const model = root?.root ?? null;
    this._wanted = showing.kind === 'ready' ? { showing, root, model } : { showing };
    if (this._wanted.model && !this.isVisible) {
      this._mark('waiting');
      return;
    }
    void this._show(this._wanted);
  }

  protected onAfterShow(): void {
    if (this._wanted?.model) {
      void this._show(this._wanted);
    }
  }

  private async _show(wanted: Wanted): Promise<void> {
    if (wanted.model && wanted.root) {
      await this._showView(wanted);
    } else {
      this._replace(new Says(wanted.showing, this._act), wanted);
    }
  }

  private async _showView(wanted: Wanted): Promise<void> {
    if (this._shown?.model === wanted.model && this._shown?.root === wanted.root) {
      this._mark('ready');
      return;
    }
    const view = await wanted.root!.view(wanted.model!);
    if (this._wanted === wanted && !this.isDisposed) {
      this._replace(view, wanted);
    } else {
      view.dispose();
    }
  }

  private _replace(widget: Widget, wanted: Wanted): void {
    for (const old of [...this._body.widgets]) {
      old.dispose();
    }
    this._shown = wanted;
    this._body.addWidget(widget);
    this._mark(wanted.showing.kind);
  }

  private _mark(kind: Showing['kind']): void {
    for (const other of ['empty', 'waiting', 'ready'] as const) {
      this._body.toggleClass(`nbdebug-${other}`, other === kind);
    }
  }

  private readonly _act: (action: Action) => void;
  private readonly _body = new Panel();
  private _wanted: Wanted | undefined;
  private _shown: Wanted | undefined;
}

interface Wanted {
  showing: Showing;
  root?: RootModel;
  model?: RootModel['root'];
}
