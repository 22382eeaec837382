"""Which arrays fit which model, the likeliest first."""

from __future__ import annotations

from nbdebug.lab.namespace import FoundData, FoundModel, Shape
from nbdebug.lab.suggest import fits_inputs, fits_outputs, suggest


def model(inputs: tuple[Shape, ...] = ((8, 2),), outputs: tuple[Shape, ...] = ((1,),)) -> FoundModel:
    return FoundModel("model", "Functional", 10, inputs, outputs)


def array(name: str, n: int, *shape: int) -> FoundData:
    return FoundData(name, "array", n, (shape,))


def table(name: str, n: int) -> FoundData:
    return FoundData(name, "table", n, ((3,),))


def test_x_must_have_the_input_shape() -> None:
    assert fits_inputs(array("x", 9, 8, 2), model())
    assert fits_inputs(array("x", 9, 5, 2), model(((None, 2),)))
    assert not fits_inputs(array("x", 9, 8, 3), model())
    assert not fits_inputs(array("x", 9, 8), model())
    assert not fits_inputs(array("x", 9, 8, 2), model(()))
    assert fits_inputs(FoundData("x", "arrays", 9, ((8, 2), (3,))), model(((8, 2), (3,))))


def test_y_may_be_shaped_as_the_output_or_hold_class_numbers() -> None:
    assert fits_outputs(array("y", 9), model())
    assert fits_outputs(array("y", 9, 1), model())
    assert fits_outputs(array("y", 9), model(outputs=((10,),)))
    assert fits_outputs(array("y", 9, 10), model(outputs=((10,),)))
    assert not fits_outputs(array("y", 9, 4), model(outputs=((10,),)))
    assert fits_outputs(array("y", 9, 8), model(outputs=((8, 1),)))
    assert fits_outputs(array("y", 9, 2), model(outputs=((1,), (1,))))
    assert not fits_outputs(table("y", 9), model())


def test_lengths_must_agree() -> None:
    found = suggest([model()], [array("x", 9, 8, 2), array("y", 7), table("meta", 7)])
    assert [each.line for each in found] == ["%nbdebug model x"]


def test_names_that_belong_together_come_first() -> None:
    data = [array("x_train", 9, 8, 2), array("x_test", 9, 8, 2), array("y_test", 9), array("y_train", 9)]
    first, second, *_ = [each.line for each in suggest([model()], data)]
    assert {first, second} == {"%nbdebug model x_train y_train", "%nbdebug model x_test y_test"}


def test_labels_and_metadata_make_it_likelier() -> None:
    data = [array("a", 9, 8, 2), array("x", 5, 8, 2), array("y", 5), table("meta", 5)]
    assert suggest([model()], data)[0].line == "%nbdebug model x y --metadata meta"


def test_what_fits_nothing_is_not_suggested() -> None:
    assert suggest([model()], [array("x", 9, 3), table("meta", 9)]) == []
    assert suggest([], [array("x", 9, 8, 2)]) == []
