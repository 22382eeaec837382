"""Is the network, before its first step, what it should be?"""
