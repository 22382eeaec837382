import { IJupyterWidgetRegistry } from '@jupyter-widgets/base';
import { ILabShell, ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Follower } from './follower';
import { lineFactory, RANK } from './mime';
import { PROTOCOL, RootModel, rootModelOf } from './rootModel';
import { Roots } from './roots';
import { runLine } from './run';
import { Sidebar } from './sidebar';
import type { Action } from './states';
import { Tabs } from './tabs';

/** The sidebar, and what follows notebooks, restores it and opens it. Notebook 7 has neither of the two optional services. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nbdebug:sidebar',
  description: 'Debug the neural networks of the notebook at hand.',
  autoStart: true,
  requires: [IJupyterWidgetRegistry, INotebookTracker, IRenderMimeRegistry],
  optional: [ILabShell, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    widgets: IJupyterWidgetRegistry,
    tracker: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null
  ) => {
    const roots = new Roots<RootModel>();
    const reveal = () => app.shell.activateById(Sidebar.ID);
    const act = (action: Action) => {
      if ('command' in action) {
        void app.commands.execute(action.command);
      } else if (follower.notebook) {
        void runLine(follower.notebook, action.line);
      }
    };
    const sidebar = new Sidebar(act);
    const follower = new Follower(tracker, roots, sidebar);
    const tabs = new Tabs(app.shell, roots, labShell ? 'main' : 'down');

    restorer?.add(sidebar, Sidebar.ID);
    app.shell.add(sidebar, 'right', { rank: 600, type: 'nbdebug' });

    const RootModelClass = rootModelOf(roots, {
      reveal: root => follower.follows(root.kernelId) && reveal(),
      popOut: (root, widget, title) => void tabs.open(root, widget, title)
    });
    widgets.registerWidget({ name: 'nbdebug', version: PROTOCOL, exports: { RootModel: RootModelClass } });
    rendermime.addFactory(lineFactory(roots, reveal), RANK);
  }
};

export default plugin;
