"""What goes on in a model when it is called: layers, units, times, gradients."""
