"""The commands of ``iza``, one file a subject. Each calls one function that works without it."""
