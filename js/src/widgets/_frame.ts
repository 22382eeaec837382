/** Lets `draw` run at most once a frame, however often it is asked for. */
export function coalesce(draw: () => void, request: (run: () => void) => unknown = requestAnimationFrame): () => void {
  let waiting = false;
  return () => {
    if (waiting) {
      return;
    }
    waiting = true;
    request(() => {
      waiting = false;
      draw();
    });
  };
}
