import { NotebookActions, NotebookPanel } from '@jupyterlab/notebook';

/** Run a line as the user would: in the selected cell when that is empty, else in a new one below it. */
export async function runLine(panel: NotebookPanel, line: string): Promise<void> {
  const notebook = panel.content;
  const active = notebook.activeCell;
  if (active?.model.type !== 'code' || active.model.sharedModel.getSource().trim()) {
    NotebookActions.insertBelow(notebook);
  }
  notebook.activeCell?.model.sharedModel.setSource(line);
  await NotebookActions.run(notebook, panel.sessionContext);
}
