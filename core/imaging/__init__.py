"""What `core.images` does, step by step; most of it runs in the child process.

Nothing stands here: the child imports this too, and is to know as little as it can.
"""
