"""Memory that runs out, and losses that are no numbers."""

from __future__ import annotations

import re

from nbdebug.adapters.keras.explaining.scene import Rule, Scene, rule, shape, told
from nbdebug.records.explanation import Explanation


@rule(r"OOM when allocating tensor with shape(\[[\d,]*\])|[Oo]ut of memory|"
      r"Unable to allocate ([\d.]+ \w+) for an array with shape (\([^)]*\))",
      "ResourceExhaustedError", "MemoryError", "_ArrayMemoryError", "InternalError")  # fmt: skip
def memory(scene: Scene, found: re.Match[str]) -> Explanation:
    """An array that does not fit."""
    dims = shape(found[1] or found[3] or "")
    what = f"Memory ran out at an array of shape {told(dims)}." if dims else "Memory ran out."
    if scene.passed("build") or scene.passed("add_weight"):
        why = (
            f"{what} It holds the weights of a layer: a Dense after a Flatten of something large, or units by mistake."
        )
        return Explanation("layers", why, "GlobalAveragePooling2D()  # instead of Flatten; or fewer units")
    if scene.model is None:
        return Explanation(
            "data", what, "x = x.astype('float32')  # half the memory; or a tf.data.Dataset that reads in parts"
        )
    return Explanation("batch_size", what, "model.fit(..., batch_size=16)  # half of the present one, until it fits")


@rule(r"NaN or Inf loss encountered at batch (\d+)", "RuntimeError")
def terminated(_scene: Scene, found: re.Match[str]) -> Explanation:
    """`TerminateOnNaN`."""
    return _not_finite(f"The loss was NaN or infinite in batch {found[1]}.")


@rule(
    r"(?:Tensor had (?:NaN|Inf|-Inf)|contains? (?:NaN|Inf)|Detected Infinity or NaN in output)", "InvalidArgumentError"
)
def checked(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """TensorFlow's own check of numbers."""
    return _not_finite("A value in the network became NaN or infinite.")


def _not_finite(what: str) -> Explanation:
    why = f"{what} Steps that are too large, inputs that are not finite, or a logarithm or division at 0 do that."
    fix = "keras.optimizers.Adam(learning_rate=1e-4, clipnorm=1.0)  # and: assert np.isfinite(x).all()"
    return Explanation("learning_rate", why, fix)


RULES: tuple[Rule, ...] = (memory, terminated, checked)
