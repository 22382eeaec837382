type Request = (run: () => void) => unknown;

/** Lets `act` run once, later, however often it is asked for until then. */
export function later(act: () => void, request: Request): () => void {
  let waiting = false;
  return () => {
    if (waiting) {
      return;
    }
    waiting = true;
    request(() => {
      waiting = false;
      act();
    });
  };
}

/**
 * Lets `draw` run at once, and then at most once a frame.
 *
 * At once, for what bqplot draws it draws a frame later itself: waiting for a frame first would cost two.
 */
export function coalesce(draw: () => void, request: Request = requestAnimationFrame): () => void {
  let drawn = false;
  let again = false;
  const ask = (): void => {
    if (drawn) {
      again = true;
      return;
    }
    drawn = true;
    again = false;
    request(() => {
      drawn = false;
      if (again) {
        ask();
      }
    });
    draw();
  };
  return ask;
}
