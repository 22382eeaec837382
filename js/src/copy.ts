import { Clipboard } from '@jupyterlab/apputils';

/** Put text on the clipboard, also where the page is not served securely and the newer interface is absent. */
export function copy(text: string): void {
  const old = () => Clipboard.copyToSystem(text);
  if (navigator.clipboard) {
    navigator.clipboard.writeText(text).catch(old);
  } else {
    old();
  }
}
