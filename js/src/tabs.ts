import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import { Panel } from '@lumino/widgets';
import { icon } from './icon';
import type { RootModel } from './rootModel';
import type { Roots } from './roots';

/** Panels that were popped out of the sidebar into the main area. */
export class Tabs {
  /** `area` is where a tab goes: Notebook 7 has room for one notebook only in its main area. */
  constructor(shell: JupyterFrontEnd.IShell, roots: Roots<RootModel>, area: 'main' | 'down') {
    this._shell = shell;
    this._area = area;
    roots.changed.connect(() => {
      for (const [tab, { root, stage }] of [...this._tabs]) {
        if (roots.get(root.kernelId) !== root || root.stage !== stage) {
          tab.dispose();
        }
      }
    });
  }

  async open(root: RootModel, widget: string, title: string): Promise<void> {
    const id = `nbdebug-page-${widget.replace('IPY_MODEL_', '')}`;
    const old = [...this._tabs.keys()].find(tab => tab.id === id);
    if (old) {
      this._shell.activateById(id);
      return;
    }
    const content = new Panel();
    content.addClass('nbdebug-page');
    content.addWidget(await root.view(await root.widget(widget)));
    const tab = new MainAreaWidget({ content });
    tab.id = id;
    tab.title.label = title;
    tab.title.icon = icon;
    tab.title.closable = true;
    tab.toggleClass('nbdebug-page-below', this._area === 'down');
    const neighbour = [...this._tabs.keys()].pop();
    this._tabs.set(tab, { root, stage: root.stage });
    tab.disposed.connect(() => {
      this._tabs.delete(tab);
      if (root.comm_live) {
        root.send({ kind: 'returned', widget });
      }
    });
    this._shell.add(tab, this._area, neighbour ? { mode: 'tab-after', ref: neighbour.id } : { mode: 'split-right' });
    this._shell.activateById(id);
  }

  private readonly _shell: JupyterFrontEnd.IShell;
  private readonly _area: 'main' | 'down';
  private readonly _tabs = new Map<MainAreaWidget, { root: RootModel; stage: string }>();
}
