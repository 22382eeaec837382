"""Is there something in the stack of layers that cannot be meant?"""
