"""What a picture of the page shows, as opposed to what the page says it shows."""

from __future__ import annotations

from base64 import b64encode

from playwright.sync_api import Locator

_FLAT = """async (root, png) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  pen.drawImage(picture, 0, 0);
  const corner = root.getBoundingClientRect();
  return Array.from(root.querySelectorAll('.nbdebug-figure'))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.width > 0 && e.closest('.nbdebug-aside, [hidden]') === null)
    .filter(([e, box]) => {
      const { data } = pen.getImageData(box.left - corner.left, box.top - corner.top, box.width, box.height);
      const pixels = new Uint32Array(data.buffer);
      return pixels.every(pixel => pixel === pixels[0]);
    })
    .map(([e]) => e.className);
}"""


def flat_figures(of: Locator, picture: bytes) -> list[str]:
    """The figures of an element that are one colour throughout in a picture of it (PNG)."""
    return of.evaluate(_FLAT, b64encode(picture).decode())
