import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import type { RootModel } from './rootModel';
import type { Roots } from './roots';
import type { Sidebar } from './sidebar';
import { Facts, showing } from './states';

/** Keeps the sidebar on the notebook that is being worked in. */
export class Follower {
  constructor(tracker: INotebookTracker, roots: Roots<RootModel>, sidebar: Sidebar) {
    this._tracker = tracker;
    this._roots = roots;
    this._sidebar = sidebar;
    tracker.currentChanged.connect(this._onNotebook, this);
    roots.changed.connect(this.update, this);
    sidebar.disposed.connect(() => Signal.clearData(this));
    this._onNotebook();
  }

  /** The notebook that is followed. */
  get notebook(): NotebookPanel | null {
    return this._notebook;
  }

  /** Whether this kernel is the one of the notebook that is followed. */
  follows(kernel: string): boolean {
    return this._kernel?.id === kernel;
  }

  update(): void {
    const root = this._kernel ? this._roots.get(this._kernel.id) : undefined;
    this._sidebar.display(showing(this._facts(root)), root);
  }

  private get _kernel() {
    return this._notebook?.sessionContext.session?.kernel ?? null;
  }

  private _facts(root: RootModel | undefined): Facts {
    const session = this._notebook?.sessionContext;
    const kernel = this._kernel;
    return {
      notebook: !!this._notebook,
      kernel: kernel ? 'there' : session?.isReady ? 'none' : 'starting',
      loss: kernel ? this._roots.loss(kernel.id) : undefined,
      root: root && { state: root.state, title: root.title }
    };
  }

  private _onNotebook(): void {
    this._listen(false);
    this._notebook = this._tracker.currentWidget;
    this._listen(true);
    this.update();
  }

  private _listen(on: boolean): void {
    const session = this._notebook?.sessionContext;
    if (!session || this._notebook?.isDisposed) {
      return;
    }
    for (const signal of [session.kernelChanged, session.statusChanged]) {
      if (on) {
        (signal as Signal<unknown, unknown>).connect(this.update, this);
      } else {
        (signal as Signal<unknown, unknown>).disconnect(this.update, this);
      }
    }
  }

  private readonly _tracker: INotebookTracker;
  private readonly _roots: Roots<RootModel>;
  private readonly _sidebar: Sidebar;
  private _notebook: NotebookPanel | null = null;
}
