/** How a kernel's session was lost. */
export type Loss = 'restarted' | 'revived' | 'died';

/** What the kernel end says of itself. */
export type RootState = 'closed' | 'waiting' | 'ready';

/** What is known about the notebook that the sidebar follows. */
export interface Facts {
  notebook: boolean;
  kernel: 'none' | 'starting' | 'there';
  loss?: Loss;
  root?: { state: RootState; title: string };
}

/** The one next action that an empty state offers: run a line in the notebook, or a command of the application. */
export type Action = { label: string; line: string } | { label: string; command: string };

/** What the sidebar's body shows. */
export interface Showing {
  kind: 'empty' | 'waiting' | 'ready';
  text: string;
  action?: Action;
}

const LOAD = { label: 'Run this line in the notebook', line: '%load_ext nbdebug' };
const REOPEN = { label: 'Run this line in the notebook', line: '%nbdebug' };

const LOSSES: Record<Loss, Showing> = {
  restarted: {
    kind: 'empty',
    text: 'The kernel was restarted, so the model that was debugged here is gone. Make or load it again, then open nbdebug.',
    action: LOAD
  },
  revived: {
    kind: 'empty',
    text: 'The kernel died and was started again, so the model that was debugged here is gone. A kernel often dies when memory runs out: try fewer examples or a smaller batch size.',
    action: LOAD
  },
  died: {
    kind: 'empty',
    text: 'The kernel died, so the model that was debugged here is gone.',
    action: { label: 'Restart the kernel', command: 'notebook:restart-kernel' }
  }
};

/** Decide what the sidebar shows. */
export function showing(facts: Facts): Showing {
  if (!facts.notebook) {
    return {
      kind: 'empty',
      text: 'No notebook is open. nbdebug follows the notebook that you work in.',
      action: { label: 'New notebook', command: 'notebook:create-new' }
    };
  }
  if (facts.loss) {
    return LOSSES[facts.loss];
  }
  if (facts.kernel === 'none') {
    return {
      kind: 'empty',
      text: 'This notebook has no kernel, so there is no model to look into.',
      action: { label: 'Choose a kernel', command: 'notebook:change-kernel' }
    };
  }
  if (facts.root) {
    return ofRoot(facts.root);
  }
  if (facts.kernel === 'starting') {
    return { kind: 'waiting', text: 'Waiting for the kernel.' };
  }
  return { kind: 'empty', text: 'nbdebug is not loaded in this notebook. Load it to pick a model:', action: LOAD };
}

function ofRoot(root: { state: RootState; title: string }): Showing {
  switch (root.state) {
    case 'ready':
      return { kind: 'ready', text: root.title };
    case 'waiting':
      return { kind: 'waiting', text: root.title };
    default:
      return { kind: 'empty', text: 'The session is closed and its memory is free. Pick a model to open another:', action: REOPEN };
  }
}
