/** A widget model as far as the widgets use it; what is saved and sent is kept for tests to look at. */
export class Model {
  readonly saved: Record<string, unknown>[] = [];
  readonly sent: unknown[] = [];
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly pending: Record<string, unknown> = {};

  constructor(
    private readonly state: Record<string, unknown>,
    private readonly others: Record<string, Model> = {}
  ) {}

  get(name: string): any {
    return this.state[name];
  }

  set(name: string, value: unknown): void {
    if (this.state[name] === value) {
      return;
    }
    this.state[name] = value;
    this.pending[name] = value;
    for (const listener of this.listeners.get(`change:${name}`) ?? []) {
      listener();
    }
  }

  save_changes(): void {
    this.saved.push({ ...this.pending });
    Object.keys(this.pending).forEach(name => delete this.pending[name]);
  }

  send(content: unknown): void {
    this.sent.push(content);
  }

  on(name: string, listener: () => void): void {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
  }

  off(name: string | null, listener?: () => void): void {
    for (const [event, heard] of this.listeners) {
      if (listener && (name === null || name === event)) {
        heard.delete(listener);
      }
    }
  }

  readonly widget_manager = {
    get_model: async (id: string): Promise<any> => {
      if (!(id in this.others)) {
        throw new Error(`no model ${id}`);
      }
      return this.others[id];
    }
  };
}
