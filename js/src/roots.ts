import { ISignal, Signal } from '@lumino/signaling';
import type { Loss } from './states';

/** The kernel ends that are alive, by kernel id: what keeps two notebooks apart. */
export class Roots<T> {
  /** Emits the id of the kernel whose root came, changed or went. */
  get changed(): ISignal<this, string> {
    return this._changed;
  }

  get(kernel: string): T | undefined {
    return this._roots.get(kernel);
  }

  /** How the last root of this kernel was lost, if it was and no other came since. */
  loss(kernel: string): Loss | undefined {
    return this._losses.get(kernel);
  }

  some(test: (root: T) => boolean): boolean {
    return [...this._roots.values()].some(test);
  }

  add(kernel: string, root: T): void {
    this._roots.set(kernel, root);
    this._losses.delete(kernel);
    this._changed.emit(kernel);
  }

  /** Something about the root changed. */
  touch(kernel: string, root: T): void {
    if (this._roots.get(kernel) === root) {
      this._changed.emit(kernel);
    }
  }

  /** Forget the root; a newer one of the same kernel stays. */
  remove(kernel: string, root: T, loss?: Loss): void {
    if (this._roots.get(kernel) !== root) {
      return;
    }
    this._roots.delete(kernel);
    if (loss) {
      this._losses.set(kernel, loss);
    }
    this._changed.emit(kernel);
  }

  /** The kernel's fate changed after its root was lost. */
  relose(kernel: string, loss: Loss): void {
    if (this._losses.has(kernel)) {
      this._losses.set(kernel, loss);
      this._changed.emit(kernel);
    }
  }

  private _roots = new Map<string, T>();
  private _losses = new Map<string, Loss>();
  private _changed = new Signal<this, string>(this);
}
