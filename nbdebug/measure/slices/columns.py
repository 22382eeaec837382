"""What a query may name: the metadata, and what is known of each example's prediction."""

import pandas as pd

OWN = ("label", "prediction", "loss", "outcome", "residual")


def columns_of(table: pd.DataFrame, metadata: pd.DataFrame | None) -> dict[str, pd.Series]:
    """Columns by name; the metadata's own where both have the name, `index` for its index.

    Args:
        table: of `example_table`.
        metadata: a row an example, or None.
    """
    named = {name: table[name] for name in OWN if name in table}
    if metadata is None:
        return {"index": table.index.to_series(), **named}
    of_metadata = {
        str(name): metadata.iloc[:, place]
        for place, name in enumerate(metadata.columns)
        if list(metadata.columns).count(name) == 1
    }
    return {"index": metadata.index.to_series(), **named, **of_metadata}
