import { unpack_models, WidgetModel } from '@jupyter-widgets/base';
import type { IBackboneModelOptions, ISerializers, IWidgetManager } from '@jupyter-widgets/base';
import type { Kernel } from '@jupyterlab/services';
import type { Widget } from '@lumino/widgets';
import type { Roots } from './roots';
import type { Loss, RootState } from './states';

/** Python takes `~0.1` for its range, so this is the version of the protocol between the two ends, not of the package. */
export const PROTOCOL = '0.1.0';

/** What the root asks of the application. */
export interface Desk {
  /** Bring the sidebar up without taking the focus from the notebook. */
  reveal(root: RootModel): void;
  /** Open the widget in a tab of its own. */
  popOut(root: RootModel, widget: string, title: string): void;
}

type Message = { kind: 'reveal' } | { kind: 'popout'; widget: string; title: string };

const LOSSES: Partial<Record<Kernel.Status, Loss>> = { restarting: 'restarted', autorestarting: 'revived', dead: 'died' };

/** The invisible end of the kernel's session: says what to show, and knows the widget manager that can show it. */
export abstract class RootModel extends WidgetModel {
  static serializers: ISerializers = {
    ...WidgetModel.serializers,
    root: { deserialize: unpack_models }
  };

  protected abstract readonly roots: Roots<RootModel>;
  protected abstract readonly desk: Desk;

  defaults() {
    return {
      ...super.defaults(),
      _model_name: 'RootModel',
      _model_module: 'nbdebug',
      _model_module_version: PROTOCOL,
      _view_name: null,
      _view_module: null,
      _view_module_version: '',
      root: null,
      title: '',
      state: 'closed'
    };
  }

  /** Runs when the kernel opens the session and again when a reloaded page meets a kernel that has one. */
  initialize(attributes: Backbone.ObjectHash, options: IBackboneModelOptions): void {
    super.initialize(attributes, options);
    const kernel = this.manager.kernel;
    if (!this.comm_live || !kernel) {
      return;
    }
    this._kernel = kernel;
    kernel.statusChanged.connect(this._onStatus, this);
    kernel.disposed.connect(this._onDisposed, this);
    this.on('change', () => this.roots.touch(kernel.id, this));
    this.on('comm:close', () => this._leave());
    this.on('msg:custom', (message: Message) => this._onMessage(message));
    this.roots.add(kernel.id, this);
  }

  get kernelId(): string {
    return this._kernel?.id ?? '';
  }

  get state(): RootState {
    return this.get('state');
  }

  get title(): string {
    return this.get('title');
  }

  /** The widget that the sidebar and the cell's output both show. */
  get root(): WidgetModel | null {
    return this.get('root');
  }

  /** Names what is open; empty where nothing is. */
  get stage(): string {
    return this.root?.model_id ?? '';
  }

  /** A new view of a widget that lives in this root's kernel. */
  async view(model: WidgetModel): Promise<Widget> {
    const view = await this.manager.create_view(model as any);
    return view.luminoWidget;
  }

  async widget(reference: string): Promise<WidgetModel> {
    return unpack_models(reference, this.widget_manager);
  }

  private get manager(): IWidgetManager & { kernel: Kernel.IKernelConnection | null } {
    return this.widget_manager as any;
  }

  private _onMessage(message: Message): void {
    switch (message.kind) {
      case 'reveal':
        return this.desk.reveal(this);
      case 'popout':
        return this.desk.popOut(this, message.widget, message.title);
    }
  }

  private _onStatus(_: unknown, status: Kernel.Status): void {
    const loss = LOSSES[status];
    if (loss) {
      this.roots.remove(this.kernelId, this, loss);
      this.roots.relose(this.kernelId, loss);
    }
  }

  private _onDisposed(): void {
    this._leave();
    this._kernel?.statusChanged.disconnect(this._onStatus, this);
    this._kernel?.disposed.disconnect(this._onDisposed, this);
  }

  private _leave(): void {
    this.roots.remove(this.kernelId, this);
  }

  // Only declared: a field would be set back after the base class' constructor, which calls initialize.
  declare private _kernel: Kernel.IKernelConnection | undefined;
}

/** The class that the widget managers make roots of. */
export function rootModelOf(roots: Roots<RootModel>, desk: Desk): typeof WidgetModel {
  return class BoundRootModel extends RootModel {
    protected get roots() {
      return roots;
    }
    protected get desk() {
      return desk;
    }
  };
}
